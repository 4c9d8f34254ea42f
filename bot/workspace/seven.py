"""Seven things to try with Golden Ear: who does them where, in which words, and by what it is seen that they are done.

All that the guide knows of the app stands here: its commands, the ids of its buttons and forms, its greeting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Name = Literal["praise", "applaud", "thank", "morning", "pulse", "idea", "break"]
NAMES: tuple[Name, ...] = ("praise", "applaud", "thank", "morning", "pulse", "idea", "break")

SHORTCUT = "suggest_improvement"
IDEA_FORM = "idea_form"
KUDOS_BUTTON = "kudos_join"
PRAISE_MENU = "praise_idea"
"""What stands below the post of a praise, and below no other."""
ANSWER = "pulse_answer_"
LATER = "pulse_later"
GREETINGS = ("Good morning!", "早安！", "早上好！")
PULSE_DAYS = (1, 3)
"""Tuesday and Thursday, by the app's own settings."""
SCENE = "refuses"
"""The bad day by which Slack is broken."""


@dataclass(frozen=True)
class Taking:
    """As whom one does it, where, and what stands in the composer."""

    who: str
    place: str
    words: str = ""


@dataclass(frozen=True)
class Cast:
    """Who takes part in one language of the page; of those who applaud the first who is not praised."""

    praise: Taking
    applaud: tuple[str, ...]
    thank: Taking
    morning: Taking
    pulse: Taking
    idea: Taking
    breaks: Taking


CASTS: Mapping[str, Cast] = {
    "en": Cast(
        praise=Taking(
            "aiko",
            "#general",
            "/praise @rosa “My late husband's ring fell behind the bed. She took the whole frame apart, on her knees, "
            "and found it.” from Mrs Halloran",
        ),
        applaud=("mei", "sam"),
        thank=Taking("tomas", "#praise", "/kudos @yun for the pots, done before anybody asked #care"),
        morning=Taking("aiko", "#praise"),
        pulse=Taking("rosa", "@goldenear"),
        idea=Taking("noah", "#general"),
        breaks=Taking(
            "noah",
            "#general",
            "/praise @priya “I lost my hearing aids on the ferry. She wrote everything down for me, in big clear "
            "letters, with a little map.” from Mr Ferreira",
        ),
    ),
    "zh-Hant": Cast(
        praise=Taking(
            "mei",
            "#general",
            "/praise @ling 「媽媽失智了，吃早餐時一直問我們在哪裡。那位小姐蹲下來，一遍一遍告訴她，沒有一次不耐煩。」 "
            "來自 周太太",
        ),
        applaud=("hao", "yun"),
        thank=Taking("mei", "#praise", "/kudos @hao 那盤蛋塔，客人都問是誰做的 #craft"),
        morning=Taking("mei", "#praise"),
        pulse=Taking("hao", "@goldenear"),
        idea=Taking("yun", "#general"),
        breaks=Taking(
            "hao",
            "#general",
            "/praise @yun 「洗碗的年輕人把沒動過的麵包一個個包好，寫上日期，送去給巷口的老先生。」 來自 李先生",
        ),
    ),
    "zh-Hans": Cast(
        praise=Taking(
            "chen",
            "#general",
            "/praise @jun “凌晨四点的火车，我一个人带着发烧的孩子。行李员一路跟到车站，扛着箱子陪我跑完整个站台。” "
            "来自 赵女士",
        ),
        applaud=("chen", "aiko"),
        thank=Taking("chen", "#praise", "/kudos @jun 那么大的雨，还帮我把鱼抬上了三楼 #care"),
        morning=Taking("jun", "#praise"),
        pulse=Taking("jun", "@goldenear"),
        idea=Taking("chen", "#general"),
        breaks=Taking(
            "jun",
            "#general",
            "/praise @chen “父亲化疗以后什么都吃不下。厨师听说了，每天早上给他熬一小碗米油，不收钱，也不多话。” "
            "来自 孙先生",
        ),
    ),
}


def cast(language: str) -> Cast:
    """Give those of a language; the English ones for one that is not ours."""
    return CASTS.get(language, CASTS["en"])
