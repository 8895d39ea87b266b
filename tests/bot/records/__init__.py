"""Tests of what is read out of the storage for people."""
