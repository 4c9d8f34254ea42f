"""Figures that no mask touches: dates, times, amounts, numbers of orders, bookings, invoices, rooms (product.md 1).

The patterns read text folded by `masking`: every digit ASCII, every blank " ", dash "-", middle dot ".", currency
sign "$". They are tried in one scan from left to right and never look back further than two characters.
"""

import re

_YEAR = r"(?:1[6-9]|20)\d\d"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NAMED_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*+\.?"
_CLOCK = r"(?:2[0-4]|[01]?\d)"

# What touches a date must not make it a piece of something longer; a time may follow in any way.
_BEFORE = r"(?<![\d+])(?<!\d[-./])"
_AFTER = r"(?!\d)(?![-.](?!\d\d?:\d\d)\d)"
_ALONE_BEFORE, _ALONE_AFTER = rf"{_BEFORE}(?<!\d )", rf"(?! ?\d(?!\d?:\d\d)){_AFTER}"

_DATES = (
    # 2026-11-21, 2026/11/21, 2026. 11. 21, 2026-11-21 - 23
    rf"{_BEFORE}{_YEAR}(?P<y>[-/.] ?){_MONTH}(?P=y){_DAY}(?: ?[-~/] ?(?:{_MONTH}[-/.])?{_DAY})?{_AFTER}",
    # 21.11.2026, 11/21/2026, 21.-23.11.2026
    rf"{_BEFORE}(?:{_DAY}(?:[./]{_MONTH})?\.? ?[-~] ?)?"
    rf"(?:{_DAY}(?P<d>[-/.] ?){_MONTH}(?P=d)|{_MONTH}(?P<m>[-/.] ?){_DAY}(?P=m)){_YEAR}{_AFTER}",
    # 21.11.26, 11-21-26: less a date than a piece of a telephone number where more stands beside it
    rf"{_ALONE_BEFORE}(?:{_DAY}(?P<e>[-/.]){_MONTH}(?P=e)|{_MONTH}(?P<n>[-/.]){_DAY}(?P=n))\d\d{_AFTER}(?! \d{{5}})",
    # 21 11 2026, 2026 11 21: only where no other digits stand beside them
    rf"{_ALONE_BEFORE}(?:{_DAY} {_MONTH} {_YEAR}|{_YEAR} {_MONTH} {_DAY}){_ALONE_AFTER}",
    # 20261121 0930, 2019-2021
    rf"{_ALONE_BEFORE}{_YEAR}(?:1[0-2]|0[1-9])(?:3[01]|[12]\d|0[1-9]){_AFTER}",
    rf"{_ALONE_BEFORE}{_YEAR} ?- ?{_YEAR}{_ALONE_AFTER}",
    # 21 November 2026, Nov 21st, 2026
    rf"(?<!\d)\d\d?(?:st|nd|rd|th)?(?: of)?[ -]?{_NAMED_MONTH},?[ -]?{_YEAR}{_AFTER}",
    rf"(?<![a-z]){_NAMED_MONTH} ?\d\d?(?:st|nd|rd|th)?,? {_YEAR}{_AFTER}",
)
_TIMES = (
    # 9:30, 09:30:05.123, 09:30:00+08:00
    rf"(?<![\d:]){_CLOCK}:[0-5]\d(?::[0-5]\d(?:[.,]\d{{1,9}})?)?(?![\d:])(?: ?[-+]\d\d:[0-5]\d(?![\d:]))?",
    # 9.30 pm, 10.30-11.30, 1830-2200 hrs
    rf"(?<!\d)(?<!\d[-.]){_CLOCK}\.[0-5]\d(?= ?[ap]\.?m\b)",
    rf"{_ALONE_BEFORE}{_CLOCK}\.[0-5]\d ?- ?{_CLOCK}\.[0-5]\d{_ALONE_AFTER}",
    r"(?<!\d)(?<!\d[-. ])[0-2]\d[0-5]\d ?- ?[0-2]\d[0-5]\d(?= ?h(?:rs?|ours)?\b)",
)

_CODES = (
    "usd|eur|gbp|jpy|cny|cnh|rmb|twd|ntd|hkd|sgd|myr|thb|vnd|idr|krw|inr|aud|nzd|cad|chf|sek|nok|dkk|pln|czk|huf|rub"
    "|uah|ils|aed|sar|qar|kwd|bhd|egp|zar|ngn|kes|brl|mxn|clp|pkr|bdt|lkr|npr|mmk|khr|mnt|kzt|uzs|isk|bgn|rsd|jod|omr"
    "|rs\\.?|rp\\.?|zł|kč|(?-i:TRY|PHP|MOP|COP|PEN|MAD|RON|ARS|LAK|GEL|BND|RM|FT|KR)"
)
_CODE = rf"(?<![a-z])(?:{_CODES})(?![a-z])"
_COIN = "人民[幣币]|新?[台臺][幣币]|[港澳日韓韩][幣币]|美金|[美歐欧日韓韩港澳加]?[元円]|[日韓韩]?[圓圆](?![滿满])"
_UNIT = rf"[十百千萬万億亿]{{0,3}}(?:{_COIN}|英?[鎊镑]|泰?[銖铢]|[塊块]|원)"
_WORD = r"(?:dollars?|euros?|pounds?|yuan|yen|rupees?|baht)(?![a-z])"
_MONEY = r"(?:人民[幣币]|新?[台臺][幣币]|[港澳日韓韩][幣币]|美金|[美歐欧日韓韩港澳加][元圓圆]|英[鎊镑])"

_SPACED = r"\d{1,3}(?: \d{3})++(?:[.,]\d\d?)?(?![.,]?\d)"
_JOINED = r"(?:\d{1,3}(?:[,.'’]\d{3})++|\d{1,3}(?:,\d{2,3})++|\d++)(?:[.,]\d{1,2}(?!\d))?"
_FIGURE = rf"(?!0\d)(?:{_SPACED}(?: ?- ?{_SPACED})?(?![ .-]*+\d)|{_JOINED})"
_AMOUNTS = (
    # $1 234.50, NT$12,000,000: a sign that touches the figure before it belongs to that one
    rf"(?<!\d)(?:\$|{_CODE}|{_MONEY}){_FIGURE}",
    rf"(?<!\d)(?<!\d )(?:\$|{_CODE}|{_MONEY}) ++{_FIGURE}",
    # 100 000 000 VND, 50 000 €, 1200元
    rf"(?<![\d+])(?<!\d[-. ]){_FIGURE} ?(?:(?:\$|{_CODE}|{_WORD})(?!\d)|{_UNIT})",
)

_NUMBERED = (
    r"(?:(?<![a-z])(?:order|booking|invoice|room)s?(?![a-z])|訂單|订单|房[間间]?)"
    r"(?: *+(?:no(?![a-z])\.?|numbers?(?![a-z])|#|№|[編编]?[號号][碼码]?|:))*+ *+\d++(?:[-./]\d++)*+"
)

KEPT = re.compile("|".join((_NUMBERED, *_AMOUNTS, *_DATES, *_TIMES)), re.IGNORECASE)
"""One date, time, amount or labelled number in folded text."""
