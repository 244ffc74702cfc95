"""Replies as each surface shows them."""
