"""What /metrics tells about delivery."""

from prometheus_client import Counter, Gauge

MESSAGES = Counter("golden_ear_messages", "Tries to hand a message to Slack, by how they ended", ["method", "result"])
LIMITED = Counter("golden_ear_rate_limited", "Calls that Slack answered with a rate limit", ["method"])
RETRIES = Counter("golden_ear_retries", "Messages put back to be tried again", ["method"])
DEAD_LETTERS = Counter("golden_ear_dead_letters", "Messages given up for good", ["method"])
TWINS = Counter("golden_ear_twins", "Second copies of messages that were taken away again")
OUTBOX_AGE = Gauge("golden_ear_outbox_age_seconds", "Age of the oldest message that is due and not sent")
POST_RATE = Gauge("golden_ear_post_rate", "Messages a second that may leave at present")
