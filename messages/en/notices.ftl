# Notices: text messages and e-mail, and the two pages of the outbox.

# --- text messages
notices-sms-registered = Your request { $number } is registered, due { $date }. Follow it: { $link }
notices-sms-completion = Your request { $number } lacks { $n ->
        [one] one item
       *[other] { $n } items
    }, until { $date }. Details: { $link }
notices-sms-visit = Inspection for your request { $number }: { $date }{ $hour }. { $link }
notices-sms-visit-changed = The inspection for your request { $number } moved to { $date }{ $hour }. { $link }
notices-sms-fees = Fees for your request { $number }: { $amount }. Pay at the centre. { $link }
notices-sms-approved = Your request { $number } is approved. We tell you when it is issued. { $link }
notices-sms-approved-fees = Your request { $number } is approved. Pay { $amount } at the centre. { $link }
notices-sms-refused = Your request { $number } was refused. You may object. Reasons: { $link }
notices-sms-issued = The paper of your request { $number } is issued. Collect it with your ID. { $link }
notices-sms-extended = Your request { $number } is late, new date { $date }. We apologise. { $link }
notices-sms-redated = New date of your request { $number }: { $date }. { $link }
notices-sms-withdrawn = Your request { $number } was withdrawn. If that was not you, ask the centre. { $link }
notices-sms-voided = Your request { $number } was voided. Ask the centre for the reason. { $link }
notices-sms-revoked = Your paper { $paper } was revoked. You may object: ask the centre. { $link }
notices-sms-suspended = Your paper { $paper } was suspended. Ask the centre. { $link }
notices-sms-restored = Your paper { $paper } is valid again. { $link }
notices-sms-login-code = Your Shubbak login code: { $code }. Give it to nobody. Valid { $n ->
        [one] one minute
       *[other] { $n } minutes
    }.
notices-sms-appointment = Reminder: your appointment { $date }{ $hour } at { $place }. { $link }
notices-sms-licence-expiring = Your paper { $paper } ends on { $date }. Renew it before. { $link }

# --- subjects of letters
notices-subject-registered = Your request { $number } is registered
notices-subject-completion = Your request { $number } waits for you
notices-subject-visit = Inspection for your request { $number }
notices-subject-visit-changed = New inspection date for your request { $number }
notices-subject-fees = Fees due for your request { $number }
notices-subject-approved = Your request { $number } is approved
notices-subject-approved-fees = Your request { $number } is approved, fees are due
notices-subject-refused = Decision on your request { $number }
notices-subject-issued = The paper of your request { $number } is issued
notices-subject-extended = New date for your request { $number }
notices-subject-redated = New date for your request { $number }
notices-subject-withdrawn = Your request { $number } was withdrawn
notices-subject-voided = Your request { $number } was voided
notices-subject-revoked = Your paper { $paper } was revoked
notices-subject-suspended = Your paper { $paper } was suspended
notices-subject-restored = Your paper { $paper } is valid again
notices-subject-login-code = Your Shubbak login code
notices-subject-appointment = Reminder of your appointment
notices-subject-licence-expiring = Your paper { $paper } is about to end

# --- letters
notices-mail-registered =
    Your request { $number } for «{ $service }» is registered at { $unit }.

    It is expected to be done by { $date }.
notices-mail-completion =
    Your request { $number } for «{ $service }» needs the following until { $date }:

    { $items }

    Bring it to the technological centre. The time of the request stands still until then.
notices-mail-visit =
    The inspection for your request { $number } for «{ $service }» is on { $date }{ $hour }.

    Please be there, or send somebody in your place.
notices-mail-visit-changed =
    The inspection for your request { $number } for «{ $service }» has a new date: { $date }{ $hour }.

    Please be there, or send somebody in your place.
notices-mail-fees =
    Fees due for your request { $number } for «{ $service }»: { $amount }.

    Pay them at the technological centre. The time of the request stands still until then.
notices-mail-approved =
    Your request { $number } for «{ $service }» is approved.

    We tell you when the paper is issued.
notices-mail-approved-fees =
    Your request { $number } for «{ $service }» is approved.

    Pay the fees ({ $amount }) at the technological centre, and the paper is issued.
notices-mail-refused =
    Your request { $number } for «{ $service }» was refused, for these reasons:

    { $items }

    You may object to the decision. The technological centre tells you how and until when.
notices-mail-issued =
    The paper of your request { $number } for «{ $service }» is issued.

    Collect it at the technological centre of { $unit } with your identity card.
notices-mail-extended =
    Your request { $number } for «{ $service }» is late. Its new date is { $date }.

    We apologise for the delay.
notices-mail-redated = Working days have changed: the new date of your request { $number } for «{ $service }» is { $date }.
notices-mail-withdrawn =
    Your request { $number } for «{ $service }» was withdrawn.

    If that was not you, ask the technological centre.
notices-mail-voided =
    Your request { $number } for «{ $service }» was voided.

    Ask the technological centre for the reason.
notices-mail-revoked =
    Your paper { $paper } («{ $service }») was revoked by a reasoned decision.

    You may object. The technological centre tells you why, how and until when.
notices-mail-suspended =
    Your paper { $paper } («{ $service }») was suspended by a reasoned decision.

    Ask the technological centre for the reason and what to do.
notices-mail-restored = Your paper { $paper } («{ $service }») is valid again.
notices-mail-login-code =
    Your Shubbak login code: { $code }

    It is valid for { $n ->
        [one] one minute
       *[other] { $n } minutes
    }. Give it to nobody; no official asks for it.
notices-mail-appointment = We remind you of your appointment { $date }{ $hour } at { $place }.
notices-mail-licence-expiring =
    Your paper { $paper } («{ $service }») ends on { $date }.

    Ask for its renewal before that day.
notices-mail-link = Follow it here:
notices-mail-foot = This message was sent by Shubbak, the platform of the technological centres. Please do not answer it.
notices-reason-law = The time that the law allows passed without a decision
notices-hour = , { $hour }

# --- the outbox
notices-nav = Outbox
notices-title = Outbox
notices-intro = What leaves this server: text messages, e-mail, calls to other systems. No recipient and no text is shown here.
notices-queues = Channels
notices-channel = Channel
notices-channel-sms = Text messages
notices-channel-email = E-mail
notices-channel-webhook = Calls to other systems
notices-state-waiting = Waiting
notices-state-sending = Being sent
notices-state-sent = Sent
notices-state-delivered = Delivered
notices-state-failed = Failed
notices-state-expired = Expired
notices-state-off = Not sent: channel is off
notices-oldest = Oldest waiting since
notices-none-waiting = Nothing
notices-of-state = Messages:
notices-template = Message
notices-template-registered = Registered
notices-template-completion = Completion
notices-template-visit = Inspection
notices-template-visit-changed = Inspection moved
notices-template-fees = Fees
notices-template-approved = Approved
notices-template-approved-fees = Approved, fees due
notices-template-refused = Refused
notices-template-issued = Issued
notices-template-extended = Extended
notices-template-redated = New date
notices-template-withdrawn = Withdrawn
notices-template-voided = Voided
notices-template-revoked = Paper revoked
notices-template-suspended = Paper suspended
notices-template-restored = Paper restored
notices-template-login-code = Login code
notices-template-appointment = Appointment
notices-template-licence-expiring = Paper ends soon
notices-made = Put in
notices-changed = Last moved
notices-attempts = Attempts
notices-error = Last error
notices-urgent = Urgent
notices-retry = Try again
notices-retried = The message waits again.
notices-not-retried = This message can no longer be sent: its time is over, its text is gone, or it was sent.
notices-empty = No messages in this state
notices-empty-text = Choose another state above.
notices-last = The last { $n ->
        [one] message
       *[other] { $n } messages
    }

# --- the demonstration
common-demo-outbox = Messages that left
notices-demo-title = Messages that left
notices-demo-intro = The demonstration sends nothing. These are the messages as people would have got them, newest first.
notices-demo-phones = Phone
notices-demo-letters = E-mail
notices-demo-to = To
notices-demo-parts =
    { $n ->
        [one] one part
       *[other] { $n } parts
    }
notices-demo-gone = The text is gone.
notices-demo-empty = No messages yet
notices-demo-empty-text = Register a request at the window for somebody with a mobile or an e-mail address, then come back.
