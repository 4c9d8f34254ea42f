"""Slack's messages, views and blocks as markup: data in, htpy nodes out, nothing remembered."""
