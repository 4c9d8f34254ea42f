"""The bot as it is after clean hours: what Slack takes is known, and leaves from the first second on.

    python -m tests.bench.grown run

The budget of `bot.delivery.pace` begins at 4 messages a second and grows by one every two minutes; here it begins at
POST_RATE. Nothing else differs from `golden-ear run`.
"""

from bot.__main__ import main
from bot.delivery import pace
from bot.parsing import MAX_POST_RATE

if __name__ == "__main__":
    pace.START = MAX_POST_RATE
    main()
