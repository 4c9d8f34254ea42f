"""What runs unprompted; `bot.schedule` says when. Each job may run at any time and any number of times."""
