"""The Slack front, part by part."""
