"""Measurements that are too slow, too large or too neural for the tests."""
