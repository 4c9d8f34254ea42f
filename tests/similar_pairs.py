"""A hundred fixed pairs: what somebody begins to write, and the idea that is there already (title, what).

Written by hand, as people write: in other words, in another order, in the other script. A search by words cannot find
what shares none, and some of them share none on purpose. `background` makes as many other ideas as are wanted.
"""

# ruff: noqa: E501
import random
from collections.abc import Iterator

ENGLISH = [
    ("umbrella stand at the entrance", "A shelf for umbrellas", "Guests drip on the floor. Put a stand by the front door."),
    ("chargers for guests' phones", "Lend phone charging cables", "Batteries run out during the day. Keep cables at reception."),
    ("elevator takes forever", "The lift is too slow", "Guests with bags wait for minutes. Ask the maker to set the lift faster."),
    ("sound insulation between desks", "Less noise on the phones floor", "Callers hear the colleagues beside us. Panels would make the call centre quieter."),
    ("show waiting time in the queue", "Tell callers how long they wait", "A voice could say the waiting time, so fewer people hang up."),
    ("let us refund small amounts without asking", "Refund up to 20 without a manager", "Small refunds wait for approval and the customer gets angrier."),
    ("breakfast for early departures", "Breakfast boxes", "Guests who leave before six get no breakfast. Offer a box when they depart early."),
    ("translate the menu into Japanese", "Menus in more languages", "Many tables ask us to translate. Print the menu in Japanese and Korean."),
    ("gluten free labels", "Mark allergens on every dish", "Waiters run to the kitchen to ask about gluten and nuts. Labels would help."),
    ("too much paper for check-in", "Check in on a tablet", "We print three pages of paper for each guest at check-in and nobody reads them."),
    ("parking spaces for bicycles", "Bicycle rack", "Guests and staff come by bicycle and lock it to the fence. Two parking racks would do."),
    ("nobody knows whom to ring, give one number", "A single phone number", "Customers call four departments until somebody answers. One number should reach all."),
    ("customers repeat their story every time", "Notes that the next colleague sees", "Each transfer makes customers repeat their story. Keep the notes with the ticket."),
    ("chairs in the fitting area", "A seat beside the fitting rooms", "Partners stand while they wait. Two chairs would be kind."),
    ("wheelchair ramp at the back", "Ramp for wheelchairs", "The back entrance has three steps, and wheelchair users have to go round."),
    ("gift wrapping", "Wrap presents for free in December", "Customers ask for gift paper every winter and we send them away."),
    ("return parcels without a printer", "Return label as a code", "Not everybody owns a printer. Send a code for the return parcel."),
    ("remind patients of appointments by text", "Appointment reminders", "One patient in ten forgets. A text message the day before would remind them."),
    ("something for kids while they wait", "A corner for children", "Children get bored in the waiting room. Books and toys would calm everybody."),
    ("water dispenser", "Drinking water for visitors", "In summer visitors ask for water. A dispenser in the lobby costs little."),
    ("shift swaps without the manager", "Swap shifts in the app", "We ask the manager by phone for each swap. Let two people swap their shift themselves."),
    ("onboarding is chaotic", "A buddy for newcomers", "In the first week new colleagues look for passwords and systems. A buddy would help."),
    ("headsets break", "Better headsets", "Our headsets break after two months, and the sound crackles for the customer."),
    ("open later on Thursday", "Longer opening hours once a week", "People who work cannot come before six. Stay open until eight on Thursdays."),
    ("website says nothing about availability", "Show stock of the shop on the website", "Customers drive to us for things that are out of stock."),
    ("stop posting bills on paper", "Send invoices by e-mail", "We post invoices on paper and they arrive after a week."),
    ("baby changing table", "A place to change babies", "There is no table in the men's toilet. Fathers ask for one to change the baby."),
    ("thank loyal customers", "A card for loyal customers", "Whoever comes ten times gets a coffee. It would thank them."),
    ("wrong signs to the exit", "Signs to the car park", "Visitors get lost because the signs to the exit point the wrong way."),
    ("faster answers in chat", "Prepared answers for chat", "The same ten questions come every day. Prepared texts make chat answers faster."),
]  # fmt: skip

TRADITIONAL = [
    ("門口放雨傘架", "入口擺傘架", "下雨天客人的雨傘滴得滿地都是水，門口放個架子就好。"),
    ("升降機等好久", "電梯太慢", "客人提著行李等電梯要好幾分鐘，請廠商調快一點。"),
    ("借充電線給客人", "櫃檯提供手機充電", "客人手機常常沒電，櫃檯可以借充電線。"),
    ("菜單加上日文", "多國語言菜單", "很多日本客人看不懂菜單，每次都要我們翻譯日文。"),
    ("過敏原標示", "每道菜標示過敏原", "服務生常跑廚房問有沒有花生和麩質，標示清楚就不用問。"),
    ("早退房沒有早餐", "準備早餐餐盒", "六點前退房的客人吃不到早餐，可以準備餐盒帶走。"),
    ("小額退款不用主管簽核", "授權第一線退款", "兩百元的退款還要等主管簽核，客人愈等愈生氣。"),
    ("告訴客人要等幾分鐘", "電話告知等候時間", "客服電話都打不進來，語音應該說還要等幾分鐘。"),
    ("客人每次都要重講一遍", "轉接時附上紀錄", "每轉接一次，客人就要把事情重講一遍，紀錄應該一起轉過去。"),
    ("候診室放玩具", "小朋友的角落", "候診室的小孩很無聊會吵，放些書和玩具大家都輕鬆。"),
    ("看診前傳簡訊提醒", "預約提醒簡訊", "十個病人有一個會忘記，前一天傳簡訊提醒。"),
    ("無障礙坡道", "後門加裝坡道", "後門有三階樓梯，坐輪椅的客人要繞一大圈。"),
    ("自己換班", "用系統換班", "每次換班都要打電話給店長，讓兩個人自己在系統上換。"),
    ("剛到職的人沒人教", "新人有學長姊帶", "新人第一週不知道找誰問，安排一位學長姊帶領。"),
    ("耳機一直壞", "換好一點的耳機", "客服的耳機兩個月就壞，客人聽到雜音。"),
    ("飲水機", "大廳放飲水機", "夏天訪客都會要水喝，大廳放一台就好。"),
    ("男廁尿布台", "男廁也要有尿布檯", "爸爸帶小孩來找不到地方換尿布。"),
    ("發票寄電子郵件", "電子發票用郵件寄", "紙本發票寄一星期才到，改用電子郵件。"),
    ("常客優惠", "感謝老顧客的集點卡", "來十次送一杯咖啡，謝謝熟客。"),
    ("停車場指標不清楚", "停車場出口指標", "訪客常常迷路，出口的指標方向是錯的。"),
]  # fmt: skip

SIMPLIFIED = [
    ("门口放伞架", "入口加个雨伞架", "下雨天顾客的伞滴得到处是水，门口放个架子。"),
    ("坐电梯要等半天", "让电梯快一点", "客人拖着行李等电梯要等好几分钟。"),
    ("给客人借充电宝", "前台提供充电宝", "客人的手机经常没电，前台可以借充电宝。"),
    ("餐牌没有英文", "菜单加英文", "外国客人看不懂餐牌，每次都要我们翻译成英文。"),
    ("标明过敏原", "菜品过敏原说明", "服务员老是跑去厨房问有没有花生，菜单上标明就行。"),
    ("早走的客人吃不上早餐", "打包早餐", "赶早班飞机的客人六点前走，吃不上早餐，可以打包。"),
    ("小额退款不用经理批", "一线员工可以直接退款", "退五十块还要等经理批，客人越等越生气。"),
    ("排队时间显示", "电话里告诉客户排队时间", "客户不知道要等多久就挂了，语音里说一下排队时间。"),
    ("客户每次都要重复说", "工单备注跟着走", "每转一次客户都要重复说一遍问题，备注应该一起转。"),
    ("候诊区儿童角", "给孩子一个角落", "候诊区的孩子无聊就哭，放点书和玩具。"),
    ("预约短信提醒", "就诊前发短信", "十个病人有一个会忘，前一天发短信提醒一下。"),
    ("轮椅坡道", "后门装坡道", "后门有台阶，坐轮椅的客人要绕一圈。"),
    ("员工自己调班", "系统里调班", "每次调班都要给店长打电话，让两个人自己在系统里调。"),
    ("新员工师傅带", "给新员工配师傅", "新员工头一周不知道问谁，配个师傅带着。"),
    ("耳机声音不清楚", "换质量好的耳麦", "客服的耳麦用两个月就坏，客户听到杂音。"),
    ("大堂饮水机", "来访者喝水", "夏天来访的人都要水喝，大堂放一台饮水机。"),
    ("周四晚上延长营业", "每周一天营业到八点", "上班的人六点前来不了，周四延长营业时间。"),
    ("官网看不到有没有货", "网站显示门店库存", "客户开车过来才知道没货，网上应该能看库存。"),
    ("包装礼品", "免费包礼品", "年底很多顾客要包装礼品，我们都说没有。"),
    ("试衣间放椅子", "试衣间旁边的座位", "陪着来的人站着等，放两把椅子吧。"),
]  # fmt: skip

ACROSS = [
    ("毛巾换厚一点", "毛巾太薄", "客人說毛巾太薄，洗幾次就破，換厚一點的。"),
    ("帮客人叫出租车", "櫃檯代叫計程車", "客人不會用軟體叫車，櫃檯可以代叫計程車。"),
    ("打印机老是坏", "印表機常常故障", "三樓的印表機每天故障，客人等文件等很久。"),
    ("订房系统卡顿", "訂房系統變慢", "訂房系統每天下午都很慢，客人在櫃檯等。"),
    ("给夜班准备热饭", "夜班的熱便當", "夜班同事只能吃冷的，準備熱飯或便當。"),
    ("空调温度", "會議室空調溫度太低", "空調溫度太低，客人都要借毛毯。"),
    ("wifi 信号差", "四樓無線網路訊號不好", "四樓客房的網路訊號很差，視訊會斷。"),
    ("后台流程简化", "簡化後臺流程", "一張訂單要填五個表，後臺的流程可以簡化。"),
    ("客户满意度调查太长", "滿意度調查縮短", "客戶都不填滿意度調查，因為太長，三題就好。"),
    ("厕所标志不清楚", "洗手間標誌不明顯", "客人每天都問洗手間在哪裡，標誌放大一點。"),
    ("軟體更新在半夜做", "软件更新时间", "软件老是白天更新，客户打来我们查不到资料，改到半夜吧。"),
    ("電梯旁邊裝扶手", "电梯边上加扶手", "老人家在电梯旁边站不稳，加个扶手。"),
    ("加班換假", "客服加班可以调休", "客服月底加班多，希望可以调休。"),
    ("櫃檯的螢幕太亮", "柜台屏幕太亮", "柜台的屏幕对着顾客，晚上太亮看不清。"),
    ("發票開錯", "发票经常开错", "发票抬头经常开错，客户要跑两趟，先给客户确认。"),
    ("資料重複填寫", "资料不要重复填写", "顾客每次都要重复填写一样的资料。"),
    ("醫師看診進度", "显示医生看诊进度", "病人不知道还要等几个，屏幕上显示医生看诊进度。"),
    ("門市開會時間", "门店开会时间太早", "门店早会影响开门，开会时间往后一点。"),
    ("為長者準備老花眼鏡", "给老人准备老花眼镜", "老人看不清合同，柜台准备几副老花眼镜。"),
    ("送貨前打電話", "送货前先打电话", "送货的时候顾客不在家，送货前半小时打个电话。"),
]  # fmt: skip

TWO_CHARACTERS = [
    ("停車", "員工停車位不夠", "早班同事找不到車位，和隔壁大樓租幾個。"),
    ("制服", "夏天的制服太熱", "布料不透氣，換成薄一點的。"),
    ("排班", "提早公布下個月的班", "月底才公布排班，家裡的事都沒辦法安排。"),
    ("回收", "辦公室垃圾分類", "紙杯和瓶子都丟在一起，放個回收桶。"),
    ("便当", "员工餐换一家", "便当每天都一样，换一家试试。"),
    ("工牌", "访客也发工牌", "不知道谁是访客谁是同事，进门发个工牌。"),
    ("行李", "行李寄存到晚上", "客人退房后想寄存行李到晚上十点。"),
    ("枕头", "枕头可以选软硬", "有的客人嫌枕头高，准备两种。"),
    ("鑰匙", "房卡取代传统钥匙", "钥匙常丢，换成房卡。"),
    ("翻译", "櫃檯放翻譯機", "韓國客人溝通困難，放一台翻譯機。"),
]  # fmt: skip

KINDS = {
    "English": ENGLISH,
    "Traditional": TRADITIONAL,
    "Simplified": SIMPLIFIED,
    "across scripts": ACROSS,
    "two characters": TWO_CHARACTERS,
}


def background(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Other ideas (title, what), half of them English: every fourth word is one of the pairs', the others are of a
    language that nobody speaks, so that each shares some with many."""
    chance = random.Random(seed)
    english = sorted({word for _, *idea in ENGLISH for text in idea for word in text.split()})
    chinese = "".join(text for kind in (TRADITIONAL, SIMPLIFIED, ACROSS) for _, *idea in kind for text in idea)
    for number in range(count):
        if number % 2:
            yield _chinese(chance, chinese, 3), _chinese(chance, chinese, 12)
        else:
            yield _english(chance, english, 4), _english(chance, english, 20)


_SYLLABLES = [one + two for one in "bdfgklmnprstvz" for two in "aeiou"]


def _english(chance: random.Random, words: list[str], count: int) -> str:
    invented = ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(count)]
    return " ".join(word if chance.random() < 0.75 else chance.choice(words) for word in invented)


def _chinese(chance: random.Random, said: str, pieces: int) -> str:
    starts = [chance.randrange(len(said) - 6) for _ in range(pieces)]
    invented = ["".join(chance.choices(said, k=3)) for _ in range(pieces)]
    return "".join(
        invented[place] if chance.random() < 0.75 else said[start : start + chance.randint(2, 6)]
        for place, start in enumerate(starts)
    )
