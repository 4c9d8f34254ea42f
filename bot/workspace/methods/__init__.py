"""The Web API methods which the bot uses, one module a noun. Importing this package registers them."""

from bot.workspace.methods import app, chat, conversations, files, history, reactions, users, views

__all__ = ["app", "chat", "conversations", "files", "history", "reactions", "users", "views"]
