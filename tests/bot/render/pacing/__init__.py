"""Tests of what people see: pages, paints, words."""
