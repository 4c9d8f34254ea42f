"""What `/metrics` counts beside messages (`bot.delivery.figures`) and requests (`bot.server`, `bot.webhook`).

Only what somebody should be called for. docs/operating.md says of each what it means and from when on.
"""

from prometheus_client import Counter, Gauge, Histogram

FAILURES = Counter("golden_ear_failures", "Deliveries whose listener failed; the log has their references", ["kind"])
JOB_FAILURES = Counter("golden_ear_job_failures", "Runs of a job of the timetable that failed", ["job"])
RITUALS = Counter("golden_ear_rituals", "Dates of rituals that were decided, by what became of them", ["outcome"])
SOCKETS = Gauge("golden_ear_socket_connections", "Socket Mode connections that are open")
SOCKET_ACK = Histogram("golden_ear_socket_ack_seconds", "Time until a Socket Mode envelope has its answer")
DATABASE_FAILING = Gauge("golden_ear_database_failing", "1 while the database does not take what is written")
DATABASE_BYTES = Gauge("golden_ear_database_bytes", "Size of the SQLite file with its write-ahead log")
