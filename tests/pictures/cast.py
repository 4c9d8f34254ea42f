"""Who says what in the pictures, in each language: the staff and the samples of the local workspace, and more words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cast:
    """The people of one language and their words."""

    reader: str
    """Whose page most pictures show."""
    lead: str
    praised: str
    sample: str
    """The praise of the first picture, told by the reader about the praised."""
    others: tuple[tuple[str, str, str], ...]
    """More praise: who tells it, of whom, which sample."""
    form: tuple[str, str, str]
    """Praise by the form: who fills it in, of whom, which sample."""
    thanks: tuple[str, str, str]
    """Kudos: who gives it, to whom, for what."""
    chat: tuple[tuple[str, str], ...]
    ideas: tuple[tuple[str, str, str], ...]
    """Ideas that are there: of whom, title, words."""
    new_idea: str
    rewards: tuple[tuple[str, str, str, str], ...]
    """What the catalogue holds: kind, name, what it is, price."""
    comments: tuple[str, ...]
    said: str
    """The public answer to a pulse."""


ENGLISH = Cast(
    reader="noah",
    lead="sam",
    praised="rosa",
    sample="ring",
    others=(
        ("aiko", "priya", "notepad"),
        ("mei", "ling", "porridge"),
        ("chen", "jun", "train"),
        ("priya", "rosa", "tie"),
    ),
    form=("aiko", "hao", "cake"),
    thanks=("tomas", "yun", "the soup went out at noon without a word, and I only saw the empty pot #care"),
    chat=(
        ("noah", "The card reader in the lift works again. It was a biscuit crumb."),
        ("aiko", "Thank you! The Bergs in 412 leave at six tomorrow, I have asked for two quiet trolleys."),
    ),
    ideas=(
        ("noah", "A shelf for wet umbrellas", "On rainy days guests carry them through the lobby, and somebody slips."),
        ("ling", "Umbrellas to borrow at the front desk", "Thirty of them, with our name: guests bring them back."),
        ("hao", "Breakfast boxes for early flights", "Packed in the evening, at the desk from four o'clock on."),
    ),
    new_idea="A stand for wet umbrellas at the door",
    rewards=(
        ("timeoff", "A day off", "Any weekday that your team can spare.", "80"),
        ("training", "A day at the barista school", "With the pastry chef of the Lantern, on a Monday.", "100"),
        (
            "training",
            "Three evenings of sign language",
            "For those who stand at the front desk, and who would like to.",
            "20",
        ),
    ),
    comments=(
        "Since the morning meeting went, three people tell me three things.",
        "The list of rooms changes when I have begun with the first.",
        "Nobody says how many tables there are, so I guess.",
        "The coach party had sat down before the kitchen knew.",
        "The board still says what was said last week.",
    ),
    said="From Monday on the morning meeting is back: five minutes at 7:55, and what was said stands by the lift.",
)
CHINESE = Cast(
    reader="mei",
    lead="mei",
    praised="ling",
    sample="porridge",
    others=(
        ("hao", "yun", "bread"),
        ("ling", "jun", "threshold"),
        ("aiko", "rosa", "ring"),
        ("hao", "noah", "umbrella"),
    ),
    form=("mei", "hao", "kettle"),
    thanks=("ling", "yun", "中午的湯準時上桌，我回頭只看到一個洗得發亮的空鍋 #care"),
    chat=(
        ("hao", "電梯的讀卡機修好了，原來是卡了一塊餅乾屑。"),
        ("mei", "謝謝！412 的客人明天六點出發，我先請人準備兩台安靜的推車。"),
    ),
    ideas=(
        ("hao", "大廳放一個濕雨傘架", "下雨天客人拿著傘走過大廳，地上濕滑，有人跌倒過。"),
        ("ling", "櫃台出借雨傘", "三十把，印上飯店的名字，客人會還回來。"),
        ("yun", "早班機的早餐盒", "前一晚包好，清晨四點起放在櫃台。"),
    ),
    new_idea="門口放一個雨傘架",
    rewards=(
        ("timeoff", "放假一天", "團隊排得開的任何一個平日。", "80"),
        ("training", "咖啡學校一日課程", "星期一，由燈籠餐廳的甜點主廚帶領。", "100"),
        ("training", "手語入門三個晚上", "給站前檯的同事，和想學的人。", "20"),
    ),
    comments=(
        "早會取消以後，三個人跟我說三種事情。",
        "房間的清單在我打掃第一間的時候就變了。",
        "早上沒有人說今天有幾桌，我只好用猜的。",
        "旅行團都坐下了，廚房才知道。",
        "白板上還是上星期的字。",
    ),
    said="下星期一起恢復早會：七點五十五分，五分鐘，說過的事都寫在電梯旁的白板上。",
)
CASTS = {"en": ENGLISH, "zh-Hant": CHINESE}
