"""Words for the refusals of the micro pulse; `bot.views.refusals` speaks them."""

from collections.abc import Mapping

from bot.views.tongue import mark

WORDS: Mapping[str, str] = {
    # answers, comments and wishes
    "pulse_closed": mark("This question is closed already, so nothing was recorded. `/pulse` shows what is open."),
    "pulse_not_asked": mark("You are not among those who are asked this time, so nothing was recorded."),
    "pulse_no_later": mark("By tomorrow this question is closed, so I cannot ask again. You can still answer it now."),
    "pulse_off": mark("The pulse is switched off in this company, so nobody is asked."),
    "pulse_wish_unclear": mark(
        "I did not understand that. `/pulse` alone shows the open question and the last results. These work too: "
        "`/pulse on`, `/pulse off`, `/pulse away 2026-12-24`, `/pulse remind on`, `/pulse remind off` and "
        "`/pulse code`. Nothing was changed."
    ),
    "comment_missing": mark("The comment is empty. A few words are enough."),
    "comment_too_long": mark("The comment is too long: {length} characters, and {most} fit. Nothing was sent."),
    "comment_before_answer": mark("Please answer first: a comment belongs to an answer. Nothing was sent."),
    "code_too_short": mark(
        "This code could be guessed: please make up at least {least} characters, or leave it empty. Nothing was sent."
    ),
    # answers to what people said
    "reply_missing": mark("There are no words yet. A few are enough. Nothing was sent."),
    "reply_too_long": mark("That is too long: {length} characters, and {most} fit. Nothing was sent."),
    "no_such_result": mark("There are no such results, or they are not yours to answer. Nothing was changed."),
    "replied_already": mark("This result was answered in public already, and once is all. Nothing was posted."),
    "no_such_comment": mark("This comment is not there, or is not shown to you. Nothing was changed."),
    "asked_already": mark("Somebody asked back to this comment already, and once is all. Nothing was changed."),
    "no_code_left": mark("The writer of this comment left no code, so nobody could see your question."),
    "no_such_code": mark("I find no comment with this code. It may have a typing error, or its comment is not shown."),
    "nothing_asked": mark("Nobody has asked back to this comment, so there is nothing to answer."),
    "answered_already": mark("This question was answered already, and that answer stands. Nothing was changed."),
    # the company's own questions
    "questions_unclear": mark(
        "I do not understand that. `/pulse questions` says what you can do. Nothing was changed."
    ),
    "no_such_question": mark("There is no question of that name. Nothing was changed."),
    "last_question": mark("This is the last question that takes turns, so it cannot rest. Nothing was changed."),
    "nothing_scheduled": mark("No question was chosen for {day}, so nothing was changed."),
    "question_missing": mark("The question is missing. Please write it in one language at least."),
    "question_too_long": mark("The question is too long: {length} characters, and {most} fit."),
    "question_known": mark("Another question has the same words. Please choose different ones."),
    "unknown_driver": mark("Please choose from the list what the question is about."),
    "unknown_kind": mark("Please choose from the list how the question is answered."),
    "unknown_direction": mark("Please choose whether a high answer is good or bad."),
    "options_without_choice": mark("Only a question with a choice of answers has answers of its own."),
    "options_wrong_number": mark("A choice has {least} to {most} answers, each on a line of its own."),
    "options_not_as_many": mark("This question has {most} answers. Please write each on a line of its own, in order."),
    "options_unreadable": mark("Each line is one answer: English | Traditional Chinese | Simplified Chinese."),
    "option_too_long": mark("An answer is too long for its button: {length} characters, and {most} fit."),
    "options_alike": mark("Two answers are alike. Please make each another."),
    "pulse_day_settled": mark("The round of {day} is settled already, so nothing was changed."),
    "pulse_other_date": mark(
        "On {day} no question is asked, so nothing was changed. The next day of a round is {following}."
    ),
    "pulse_no_date": mark("On {day} no question is asked, so nothing was changed. Please choose a day of a round."),
}
