# What the applicant says of the inspection's day, and objections to refusals
objections-title = Objection to a refusal
objections-do = Object to the decision
objections-until = You may object until { $date }.
objections-ground = Ground of this term: { $law }
objections-ground-article = { $law }, article { $articles }
objections-who = The head of the competent unit, or one above, decides on the objection; never whoever refused.
objections-text = Why you object
objections-text-hint = Say why the decision is wrong in your view, and what is new
objections-text-missing = Say why you object
objections-files = Papers that support the objection (optional)
objections-submit = File the objection
objections-filed = The objection was filed. It goes to the head of the competent unit; the refusal stands until it is decided.
objections-none-possible = No objection is possible now: the request was not refused, the term is over, or this decision was objected to before.
objections-track-open = An objection was filed on { $date } and is being looked at.
objections-track-upheld = The objection was upheld on { $date }; the request is back at the step that refused it.
objections-track-rejected = The objection was rejected on { $date }.
objections-list = Objections
objections-list-text = The oldest first. Whoever refused does not decide on the objection.
objections-list-none = No objections
objections-list-none-text = Objections to refusals in your unit and those below stand here until they are decided.
objections-age = { $n ->
    [0] Today
    [one] { $n } day ago
   *[other] { $n } days ago
  }
objections-filed-date = Filed on { $date }
objections-answer-until = Silence after { $date } counts as a rejection (State Council Law, article 24)
objections-one = Objection in request
objections-unit = Competent unit
objections-filed-on = Filed on
objections-refused-on = Refused on
objections-refused-why = Reasons of the refusal
objections-decision = Decision of refusal
objections-words = What the applicant says
objections-file-n = Paper { $n }
objections-decide = Decide on the objection
objections-decide-effect = If upheld, the request returns to the step that refused it with a new time limit, and the days since the refusal do not count. If rejected, the request stays refused. The applicant is told either way.
objections-decide-submit = Record the decision
objections-decided-already = This objection was decided before.
objections-outcome = Outcome
objections-outcome-missing = Choose the outcome
objections-upheld = Objection upheld
objections-upheld-hint = The request returns to the step that refused it
objections-rejected = Objection rejected
objections-reasons = Reasons of the decision
objections-reasons-missing = Enter the reasons of the decision
objections-decision-number = Decision number
objections-number-missing = Enter the decision number
objections-decision-date = Date of the decision
objections-done-upheld = Objection upheld; request { $number } goes on
objections-done-rejected = Objection in request { $number } rejected
objections-visit-title = Day of the inspection
objections-visit-intro = Choose up to three days that suit you. They are kept in mind where possible and oblige nobody.
objections-visit-appointed = Inspection: { $when }.
objections-visit-once = You may ask for another day once, until the day before. The appointment stands until the centre tells you of another.
objections-visit-day = Day { $n }
objections-visit-part = Part of day { $n }
objections-visit-day-missing = Choose at least one day
objections-visit-day-wrong = Choose the day from the list
objections-visit-note = Note to whoever plans the visit (optional)
objections-visit-note-hint = Such as a landmark or the way in. Do not write your name or numbers.
objections-visit-submit = Send the days
objections-visit-done = The days that suit you have reached whoever plans the visit
objections-visit-none = No inspection waits for a day now, or you asked for another day before.
objections-visit-do = Choose days that suit you for the inspection
objections-visit-move = Ask for another day for the inspection
objections-visit-wished = Days that you chose for the inspection:
objections-part-morning = morning
objections-part-noon = noon
objections-wished = Days that suit the applicant
objections-wished-free = For information; they oblige nobody.
registry-right-decide-objections = Decide on objections
desk-mark-visit-wished = The applicant named days that suit
desk-mark-objected = Objection filed
desk-mark-objection-decided = Objection decided
notices-template-objected = Objection filed
notices-template-objection-upheld = Objection upheld
notices-template-objection-rejected = Objection rejected
notices-sms-objected = Your objection in request { $number } was filed. Follow it: { $link }
notices-sms-objection-upheld = Your objection was upheld; request { $number } goes on. Follow it: { $link }
notices-sms-objection-rejected = Your objection in request { $number } was rejected. Reasons: { $link }
notices-subject-objected = Your objection in request { $number } was filed
notices-subject-objection-upheld = Your objection in request { $number } was upheld
notices-subject-objection-rejected = Your objection in request { $number } was rejected
notices-mail-objected =
    Your objection to the refusal of request { $number } for «{ $service }» was filed.

    The head of the competent unit, or one above, decides on it; you will be told.
notices-mail-objection-upheld =
    Your objection to the refusal of request { $number } for «{ $service }» was upheld.

    The request is back at the step that refused it; the days in between do not count.
notices-mail-objection-rejected =
    Your objection in request { $number } for «{ $service }» was rejected for these reasons:

    { $items }

    You may go to court within the terms of the law.
