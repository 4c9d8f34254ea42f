"""What answers to a round and questions back must be, and how a comment is found by its receipt code."""

import hmac
from hashlib import sha256

from bot.rules.comments import MOST
from bot.rules.praise import clean
from bot.rules.refusal import Refusal


def cleaned(words: str) -> str:
    """An answer or a question as it is kept: trimmed, e-mail addresses, phone and card numbers masked.

    Raises Refusal if nothing is left, or too much.
    """
    words = clean(words)
    if not words:
        raise Refusal("reply_missing", field="words")
    if len(words) > MOST:
        raise Refusal("reply_too_long", field="words", length=len(words), most=MOST)
    return words


def of_round(digest: str, survey_id: str) -> str:
    """What is kept of a receipt code beside a comment of one round; "" for a comment without a code.

    `digest` is that of `bot.rules.comments`. It is never kept itself: somebody who made up one code for good would
    leave the same mark on every comment, and so tell that all of them are one person's.
    """
    return hmac.new(digest.encode(), survey_id.encode(), sha256).hexdigest() if digest else ""
