"""Slack's names of emoji where they differ from the first name that the package emoji gives, and Unicode's groups.

Plain facts, kept as tables: a name per character, without variation selectors; a code point or a run of them per
group, by the first character of an emoji. What is in no group is a symbol, and pairs of letters are flags.
"""

OWN = """
🥇=first_place_medal 🥈=second_place_medal 🥉=third_place_medal 🇨🇳=cn 🏴󠁧󠁢󠁥󠁮󠁧󠁿=flag-england 🇫🇷=fr 🇩🇪=de 🇮🇹=it
🇯🇵=jp 🇷🇺=ru 🏴󠁧󠁢󠁳󠁣󠁴󠁿=flag-scotland 🇰🇷=kr 🇪🇸=es 🇬🇧=gb 🇺🇸=us 🏴󠁧󠁢󠁷󠁬󠁳󠁿=flag-wales 🎟️=admission_tickets
🛫=airplane_departure 🗳️=ballot_box_with_ballot 🏖️=beach_with_umbrella 🐦‍⬛=black_bird 🟦=large_blue_square
🤱=breast-feeding 🩲=briefs 🟤=large_brown_circle 🟫=large_brown_square 📸=camera_with_flash 🧀=cheese_wedge
🌩️=lightning 🌧️=rain_cloud 🌨️=snow_cloud 🍳=fried_egg 🤠=face_with_cowboy_hat 🐬=dolphin 🥁=drum_with_drumsticks
📧=e-mail 🥚=egg ⏏️=eject ✉️=email 👁️‍🗨️=eye-in-speech-bubble 🤮=face_vomiting 🤭=face_with_hand_over_mouth
🧐=face_with_monocle 🤨=face_with_raised_eyebrow 🙄=face_with_rolling_eyes 🤬=face_with_symbols_on_mouth
🎞️=film_frames 🥿=womans_flat_shoe 🍽️=knife_fork_plate 🦒=giraffe_face 🥛=glass_of_milk 🦍=gorilla
🟢=large_green_circle 🟩=large_green_square 😆=laughing 💂=guardsman ❣️=heavy_heart_exclamation_mark_ornament
*️⃣=keycap_star 🔟=keycap_ten 🛴=scooter 🥝=kiwifruit 🐞=ladybug
⏮️=black_left_pointing_double_triangle_with_vertical_bar 🤛=left-facing_fist 🖇️=linked_paperclips
🤟=i_love_you_hand_sign 👨‍🦲=bald_man 🧔‍♂️=man_with_beard 👱‍♂️=blond-haired-man 🧗‍♂️=man_climbing
👷‍♂️=male-construction-worker 🕵️‍♂️=male-detective 🧝‍♂️=male_elf 🧚‍♂️=male_fairy 🧞‍♂️=male_genie
🙅‍♂️=man-gesturing-no 🙆‍♂️=man-gesturing-ok 💂‍♂️=male-guard 👨‍⚕️=male-doctor 🧘‍♂️=man_in_lotus_position
🧖‍♂️=man_in_steamy_room 🤵‍♂️=man_in_tuxedo 🧎‍♂️=man_kneeling 🧙‍♂️=male_mage 👮‍♂️=male-police-officer
🧍‍♂️=man_standing 🦸‍♂️=male_superhero 🦹‍♂️=male_supervillain 🧛‍♂️=male_vampire 👰‍♂️=man_with_veil
🧟‍♂️=male_zombie 🧉=mate_drink 📝=memo 👯‍♂️=men-with-bunny-ears-partying 🤼‍♂️=man-wrestling 🖕=middle_finger
🎖️=medal 🚱=non-potable_water 👊=facepunch 🩱=one-piece_swimsuit 🟠=large_orange_circle 🟧=large_orange_square
🤼=wrestlers 🧑‍🦲=bald_person 👱=person_with_blond_hair ⛹️=person_with_ball 🤸=person_doing_cartwheel
🧗=person_climbing 🧑‍🦱=curly_haired_person 🤦=face_palm 🤺=fencer 🙍=person_frowning 🙆=ok_woman 🏌️=golfer
🛌=sleeping_accommodation 🧘=person_in_lotus_position 🧖=person_in_steamy_room 🕴️=man_in_business_suit_levitating
🤹=juggling 🏋️=weight_lifter 🤾=handball 🙎=person_with_pouting_face 🧑‍🦰=red_haired_person
💁=information_desk_person 👳=man_with_turban 🧑‍🦳=white_haired_person 👰=bride_with_veil 💩=hankey
🟣=large_purple_circle 🟪=large_purple_square 🏳️‍🌈=rainbow-flag ❗=exclamation 🟥=large_red_square
🤜=right-facing_fist 🤣=rolling_on_the_floor_laughing 🛰️=satellite 📡=satellite_antenna 🛍️=shopping_bags
🛒=shopping_trolley 🤘=the_horns 🥰=smiling_face_with_3_hearts 🏔️=snow_capped_mountain ☃️=snowman
⛄=snowman_without_snow 🏅=sports_medal 🤩=star-struck 🛑=octagonal_sign 🌥️=barely_sunny 🌦️=partly_sunny_rain
🌤️=mostly_sunny 👕=shirt 🍊=tangerine 🤔=thinking_face 👎=-1 👍=+1 🌪️=tornado ☂️=umbrella ⛱️=umbrella_on_ground
☔=umbrella_with_rain_drops 🖖=spock-hand 👫=man_and_woman_holding_hands 👩‍🦲=bald_woman 🧔‍♀️=woman_with_beard
👱‍♀️=blond-haired-woman 🧗‍♀️=woman_climbing 👷‍♀️=female-construction-worker 🕵️‍♀️=female-detective
🧝‍♀️=female_elf 🧚‍♀️=female_fairy 🧞‍♀️=female_genie 🙅‍♀️=woman-gesturing-no 🙆‍♀️=woman-gesturing-ok
💂‍♀️=female-guard 👩‍⚕️=female-doctor 🧘‍♀️=woman_in_lotus_position 🧖‍♀️=woman_in_steamy_room
🤵‍♀️=woman_in_tuxedo 🧎‍♀️=woman_kneeling 🧙‍♀️=female_mage 👮‍♀️=female-police-officer 🧍‍♀️=woman_standing
🦸‍♀️=female_superhero 🦹‍♀️=female_supervillain 🧛‍♀️=female_vampire 🧕=person_with_headscarf
👰‍♀️=woman_with_veil 🧟‍♀️=female_zombie 👯‍♀️=women-with-bunny-ears-partying 🤼‍♀️=woman-wrestling 🩻=x-ray
🟡=large_yellow_circle 🟨=large_yellow_square 🪀=yo-yo 🦓=zebra_face
"""
"""Slack's first name of a character."""

ALSO = """
sun_small_cloud=mostly_sunny sun_behind_cloud=barely_sunny lightning_cloud=lightning tornado_cloud=tornado
woman-with-bunny-ears-partying=women-with-bunny-ears-partying
man-with-bunny-ears-partying=men-with-bunny-ears-partying
hand_with_index_and_middle_fingers_crossed=crossed_fingers
face_with_one_eyebrow_raised=face_with_raised_eyebrow grinning_face_with_star_eyes=star-struck
grinning_face_with_one_large_and_one_small_eye=zany_face face_with_finger_covering_closed_lips=shushing_face
serious_face_with_symbols_covering_mouth=face_with_symbols_on_mouth
smiling_face_with_smiling_eyes_and_hand_covering_mouth=face_with_hand_over_mouth
face_with_open_mouth_vomiting=face_vomiting shocked_face_with_exploding_head=exploding_head
mother_christmas=mrs_claus staff_of_aesculapius=medical_symbol
"""
"""Further names in Slack, each with the first name of the same emoji."""

GROUPS = {
    "people": """
261D-2620 2639-263A 26F7 26F9 270A-270D 2763-2764 1F385 1F3C2-1F3C4 1F3C7 1F3CA-1F3CC 1F440-1F450 1F463-1F483
1F485-1F487 1F48B-1F48C 1F48F 1F491 1F493-1F49F 1F4A2 1F4A4-1F4A6 1F4A8-1F4AD 1F4AF 1F573-1F575 1F57A
1F590-1F5A4 1F5E3-1F5EF 1F600-1F64F 1F6A3 1F6B4-1F6B6 1F6C0 1F6CC 1F90C-1F93E 1F970-1F97A 1F9B4-1F9B9 1F9BB
1F9BE-1F9BF 1F9CC-1F9E1 1FA75-1FA77 1FAC0-1FAC5 1FAE0-1FAE6 1FAE8-1FAF8
""",
    "nature": """
2618 1F331-1F335 1F337-1F33C 1F33E-1F343 1F3F5 1F400-1F43F 1F490 1F4AE 1F54A 1F577-1F578 1F940 1F981-1F98F
1F992-1F99D 1F99F-1F9A9 1F9AB-1F9AE 1FAB0-1FAB4 1FAB6-1FABF 1FACE-1FACF
""",
    "food": """
2615 1F32D-1F330 1F336 1F33D 1F344-1F37F 1F382 1F3FA 1F52A 1F942-1F944 1F950-1F96F 1F980 1F990-1F991 1F99E
1F9AA 1F9C0-1F9CB 1FAD0-1FADB
""",
    "activities": """
265F-2666 26BD-26BE 26F3 26F8 2728 1F004-1F0CF 1F380-1F381 1F383-1F384 1F386-1F391 1F396-1F397 1F39F 1F3A3
1F3A8 1F3AB 1F3AD-1F3B4 1F3BD-1F3C0 1F3C5-1F3C6 1F3C8-1F3C9 1F3CF-1F3D3 1F3F8 1F52B 1F52E 1F579 1F5BC 1F6F7
1F93F 1F945-1F94F 1F9E7-1F9E9 1F9F5-1F9F6 1F9F8 1FA80-1FA81 1FA84-1FA86 1FAA1-1FAA2 1FAA9
""",
    "travel": """
231A-231B 23F0-23F3 2600-2604 2614 2668 2693 26A1 26C4-26C8 26E9-26F2 26F4-26F5 26FA-26FD 2708 2744 2B50
1F300-1F32C 1F3A0-1F3A2 1F3AA 1F3CD-1F3CE 1F3D4-1F3E6 1F3E8-1F3ED 1F3EF-1F3F0 1F488 1F492 1F4A7 1F4BA 1F525
1F54B-1F54D 1F550-1F567 1F570 1F5FA-1F5FE 1F680-1F6A2 1F6A4-1F6A8 1F6B2 1F6CE 1F6D1 1F6D5-1F6D6 1F6DD-1F6DF
1F6E2-1F6F6 1F6F8-1F6FC 1F9BC-1F9BD 1F9ED 1F9F1 1F9F3 1FA82 1FA90 1FAA8 1FAB5
""",
    "objects": """
2328 260E 2692 2694 2696-2699 26B0-26B1 26CF-26D3 2702 2709 270F-2712 1F392-1F393 1F399-1F39E 1F3A4-1F3A5
1F3A7 1F3A9 1F3AC 1F3B5-1F3BC 1F3EE 1F3F7 1F3F9 1F451-1F462 1F484 1F489-1F48A 1F48D-1F48E 1F4A1 1F4A3 1F4B0
1F4B3-1F4B9 1F4BB-1F4DA 1F4DC-1F4F2 1F4F7-1F4FF 1F507-1F517 1F526-1F529 1F52C-1F52D 1F56F 1F576 1F587-1F58D
1F5A5-1F5B2 1F5C2-1F5E1 1F5F3 1F5FF 1F6AA 1F6AC 1F6BD 1F6BF 1F6C1 1F6CB 1F6CD 1F6CF 1F6D2 1F6D7 1F6E0-1F6E1
1F941 1F97B-1F97F 1F9AF 1F9BA 1F9E2-1F9E6 1F9EA-1F9EC 1F9EE-1F9F0 1F9F2 1F9F4 1F9F7 1F9F9-1FA74 1FA78-1FA7C
1FA83 1FA87-1FA88 1FA91-1FAA0 1FAA3-1FAA7 1FAAA-1FAAE 1FAE7
""",
}
"""Code points in hexadecimal."""
