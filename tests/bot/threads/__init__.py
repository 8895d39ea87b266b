"""Tests of threads as conversations."""
