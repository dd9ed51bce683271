# Department desks: inbox, file, inspections, sittings, approval, and what happens to issued documents.

# --- Navigation
desk-nav-inbox = Inbox
desk-nav-approvals = To approve
desk-nav-visits = My inspections
desk-nav-sittings = Sittings

# --- Inbox
desk-inbox-title = Inbox
desk-inbox-caption = Requests by remaining time
desk-tab-all = All
desk-tab-late = Late
desk-tab-today = Due today
desk-tab-week = Within a week
desk-tab-mine = Taken by me
desk-tab-asked = Questions to us
desk-tab-halted = Clock stopped
desk-filter-desk = Department
desk-filter-service = Service
desk-filter-kind = Step
desk-filter-any = All
desk-filter-go = Show
desk-filter-clear = Clear filters
desk-all = Everything you have
desk-all-of = All departments, { $unit }
desk-col-number = Request number
desk-col-service = Service
desk-col-step = Step
desk-col-due = Due
desk-col-state = State
desk-col-holder = Held by
desk-col-from = From
desk-col-to = To
desk-col-worked = Working days
desk-col-paused = Stopped days
desk-col-line = Item
desk-col-rule = Rule
desk-col-amount = Amount
desk-col-do = Action
desk-state-mine = With you
desk-state-other = With a colleague
desk-state-free = Not taken
desk-question = Question from another department
desk-question-at = Question: { $step }
desk-visit-on = Inspection on { $date }
desk-empty-no-desk = No department is assigned to you
desk-empty-no-desk-text = Ask the system supervisor of your unit to assign you a department.
desk-empty-filter = No requests match these filters
desk-empty-filter-text = Clear the filters to see the other requests.
desk-empty-all = No requests on your desk
desk-empty-late = No request is late
desk-empty-today = No request is due today
desk-empty-week = No request is due within a week
desk-empty-mine = You have not taken a request yet
desk-empty-asked = No questions from other departments
desk-empty-halted = No requests with a stopped clock
desk-empty-text = A request appears here as soon as it reaches your department.

# --- File
desk-papers-title = Papers of the file
desk-papers-none = This file has no papers.
desk-paper-presented = Supplied
desk-paper-pending = Not supplied yet
desk-paper-until = Due by { $date }
desk-paper-closed = A personal paper that only the title checker can open.
desk-paper-attached = Attachments
desk-paper-others = Other attachments
desk-scan-image = Image { $n }, { $size } KB
desk-scan-pdf = PDF { $n }, { $size } KB
desk-photo-n = Photo { $n }
desk-answers-title = Details of the request
desk-masked = Hidden
desk-masked-why = Personal data is hidden until the decision.
desk-applicant = Applicant
desk-erased = Data erased
desk-case = Case no. { $number }
desk-unit = Competent unit
desk-received = Registered on
desk-total-due = Final date of the request
desk-until = until { $date }
desk-points =
    { $n ->
        [one] { $n } point
       *[other] { $n } points
    }
desk-files-count =
    { $n ->
        [0] No files
        [one] { $n } file
       *[other] { $n } files
    }
desk-report-heading = Inspection
desk-opinions-title = Opinions of departments and bodies
desk-points-hold =
    { $n ->
        [one] { $n } point met
       *[other] { $n } points met
    }
desk-answer-to = Answer to: { $question }
desk-opinion-favourable = In favour
desk-opinion-conditional = In favour with conditions
desk-opinion-unfavourable = Against
desk-approval-favourable = Approved
desk-approval-conditional = Approved with conditions
desk-outcome-accepted = Completed
desk-outcome-refused = Refused
desk-outcome-sent-back = Sent back to an earlier step
desk-outcome-assessed = Fees assessed
desk-sitting-of = Sitting no. { $number } of { $date }
desk-decision-of = Decision no. { $number } of { $date }
desk-completions-title = Requests for missing papers
desk-asked-on = Asked on { $date }, due by { $until }
desk-asked-open = Waiting for the applicant
desk-asked-closed = Finished
desk-came = Supplied
desk-missing = Not supplied
desk-charges-title = Fees set
desk-reckoning-title = Fees as calculated today
desk-total = Total
desk-issued-title = Issued documents
desk-issued-line = Issued on { $on }, expires: { $until }
desk-issued-open = Open the document (in Arabic)
desk-issued-rule = Suspend or revoke
desk-no-end = No expiry date
desk-standing-valid = Valid
desk-standing-suspended = Suspended
desk-standing-revoked = Revoked
desk-notes-title = Notes
desk-journey-title = Progress of the request
desk-held-title = Time the file spent with each holder
desk-history-title = Record of what was done
desk-still-there = Still there
desk-work-title = Actions
desk-changed-title = What changed after you opened the page
desk-status-in-progress = In progress
desk-status-waiting-completion = Waiting for missing papers
desk-status-waiting-payment = Waiting for payment
desk-status-issued = Issued
desk-status-closed = Handed over
desk-status-refused = Refused
desk-status-withdrawn = Withdrawn
desk-status-voided = Voided
desk-next = Next
desk-halted-since = { $why } Stopped since { $date }.
desk-halted-completion = The clock is stopped until the applicant supplies what is missing.
desk-halted-payment = The clock is stopped until payment.
desk-halted-consult = The clock is stopped until another department answers.
desk-taken-mine = You have taken this step.
desk-taken-other = A colleague has taken this step.
desk-advice-over = This request is over. Nothing more can be done on it.
desk-advice-pay = Waiting for payment at the technological centre.
desk-advice-handover = The document is ready and is handed over at the technological centre.
desk-advice-elsewhere = The file is now held elsewhere. Follow its progress below.
desk-advice-role = This step is not yours to do.

# --- Who did what
desk-mark-at = { $what }: { $step }
desk-mark-registered = Request registered
desk-mark-step-accepted = Step completed
desk-mark-completion-asked = Missing papers asked for
desk-mark-completion-answered = Missing papers supplied
desk-mark-consult-asked = Another department asked
desk-mark-consult-answered = The department answered
desk-mark-consult-recalled = Question withdrawn
desk-mark-extended = Time limit extended
desk-mark-limit-passed = A legal time limit passed
desk-mark-redated = Dates calculated again
desk-mark-visit-scheduled = Inspection scheduled
desk-mark-visit-reported = Inspection report filed
desk-mark-sitting-held = Committee sitting held
desk-mark-fees-assessed = Fees assessed
desk-mark-payment-collected = Fees paid
desk-mark-rework-asked = Sent back to an earlier step
desk-mark-refused = Request refused
desk-mark-withdrawn = Request withdrawn
desk-mark-voided = Registration voided
desk-mark-issued = Document issued
desk-mark-handed-over = Handed over
desk-mark-paper-revoked = Document revoked
desk-mark-paper-suspended = Document suspended
desk-mark-paper-restored = Document restored
desk-mark-file-attached = Files attached
desk-mark-office-filled = Office details filled in
desk-mark-note-added = Note added
desk-mark-taken = Step taken
desk-mark-reassigned = Step reassigned
desk-by-law = By law
desk-by-machine = The system
desk-by-applicant = The applicant
desk-by-window = Window clerk, { $unit }
desk-by-cashier = Cashier
desk-by-head = Unit head, { $unit }
desk-by-asked = Officer of the department asked
desk-by-inspector = Inspector, { $place }
desk-by-secretary = Committee secretary, { $place }
desk-by-officer = Officer, { $place }

# --- Actions
desk-do-take = Take
desk-why-take = Your colleagues see that you work on this file, and nobody else completes it.
desk-button-take = Take
desk-done-take = You took request { $number }.
desk-do-accept = Give an opinion and complete the step
desk-why-accept = Go through the points, then record your opinion. The file then moves to the next step.
desk-button-accept = Record and complete
desk-done-accept = The step in request { $number } was completed.
desk-do-assess = Assess the fees
desk-why-assess = Go through each item and the rule it was calculated by, then confirm the assessment.
desk-button-assess = Confirm the assessment
desk-done-assess = The fees of request { $number } were assessed.
desk-reckon = Calculate
desk-do-issue = Issue the document
desk-why-issue = Open the preview and check the details. Once issued, the document has a number and cannot be changed.
desk-button-issue = Issue the document
desk-done-issue = The document of request { $number } was issued.
desk-do-answer = Answer the question
desk-why-answer = Your answer reaches the department that asked at once.
desk-button-answer = Send the answer
desk-done-answer = The answer in request { $number } was sent.
desk-do-schedule = Schedule an inspection
desk-why-schedule = Choose a working day and an inspector. The inspector sees the applicant’s name only on the day of the inspection.
desk-button-schedule = Schedule
desk-done-schedule = The inspection of request { $number } was scheduled.
desk-do-completion = Ask for missing papers
desk-why-completion = The clock stops until the applicant supplies what is missing. Name everything at once.
desk-button-completion = Ask for missing papers
desk-done-completion = Missing papers were asked for in request { $number }, and the clock stopped.
desk-do-consult = Ask another department
desk-why-consult = The question appears in the inbox of the other department, and its answer is kept in the file.
desk-button-consult = Send the question
desk-done-consult = The question about request { $number } was sent.
desk-do-recall = Withdraw the question
desk-why-recall = You go on without waiting for the answer.
desk-button-recall = Withdraw the question
desk-done-recall = The question in request { $number } was withdrawn.
desk-do-rework = Send back to an earlier step
desk-why-rework = The file goes back to the step you choose, then returns to you.
desk-button-rework = Send back
desk-done-rework = Request { $number } was sent back to an earlier step.
desk-do-refuse = Refuse the request
desk-why-refuse = A refusal ends the request. The applicant is told the reasons as you write them.
desk-button-refuse = Refuse the request
desk-done-refuse = Request { $number } was refused.
desk-do-extend = Extend the time limit
desk-why-extend = An extension needs a written, reasoned decision, and the applicant sees it.
desk-button-extend = Extend the time limit
desk-done-extend = The time limit of request { $number } was extended.
desk-do-reassign = Reassign
desk-why-reassign = The step is given to a colleague, or goes back to the department.
desk-button-reassign = Reassign
desk-done-reassign = Request { $number } was reassigned.
desk-do-note = Add a note
desk-why-note = Everyone who works on the file reads it. Do not write names in it.
desk-button-note = Add the note
desk-done-note = The note was added to request { $number }.
desk-do-attach = Attach files
desk-why-attach = Attach drawings or photos about the works, not personal papers.
desk-button-attach = Attach
desk-done-attach = The files were attached to request { $number }.
desk-to-department = Back to the department

# --- Form fields
desk-f-opinion = Opinion
desk-f-decide = Decision
desk-f-checklist = Points met
desk-f-opinion-note = Remarks on the opinion
desk-f-note = Note
desk-f-papers-later = The step goes on, and missing papers are supplied before issue
desk-f-answer = Answer
desk-f-files = Files
desk-f-doc = Paper
desk-f-visit-date = Day of the inspection
desk-f-hour = Time
desk-hour-usual = 10 am
desk-f-inspector = Inspector
desk-f-department = Department to ask
desk-f-question = Question
desk-f-days = Working days to answer
desk-f-halts = Work cannot go on before the answer, so the clock stops
desk-f-recall = Question
desk-f-to-step = Step
desk-f-reason = Reason
desk-f-reasons = Reasons for refusal
desk-f-refusal-text = Explanation of the refusal
desk-f-more-days = Working days added
desk-f-decision = Decision number
desk-f-decision-date = Date of the decision
desk-f-to = Assign to
desk-f-items = Missing items
desk-f-docs = Papers to supply
desk-f-fields = Details to correct
desk-f-other = Other missing things, one a line
desk-f-to-applicant = Message to the applicant
desk-f-until = Last day to supply them
desk-f-sitting = Sitting number
desk-f-sitting-date = Date of the sitting
desk-f-members = Members present
desk-f-members-hint = At least three members
desk-f-result = Result of the sitting
desk-f-committee-decision = Number of the committee’s decision
desk-f-accept-how = If approved
desk-f-conditions = Conditions or remarks
desk-f-if-refused = If refused
desk-f-postpone = Reason for postponing
desk-f-photos = Photos of the inspection
desk-f-photos-hint = Photograph the place, and the violation if there is one. Do not photograph people or identity cards.
desk-f-photos-kept =
    { $n ->
        [one] { $n } photo was kept from before, and you can add others.
       *[other] { $n } photos were kept from before, and you can add others.
    }
desk-f-visited = Day of the inspection
desk-f-recommend = Result of the inspection
desk-f-visit-note = Inspector’s remarks

# --- Form errors
desk-date-wrong = Enter a valid date: day, month and year
desk-date-missing = Enter the date
desk-hour-missing = Enter the time
desk-inspector-missing = Choose the inspector
desk-department-missing = Choose the department
desk-question-missing = Choose the question
desk-step-missing = Choose the step
desk-person-missing = Choose from the list
desk-reason-missing = Write the reason
desk-decision-missing = Enter the decision’s number and date
desk-decision-number = Enter the decision number
desk-amount-wrong = Enter a valid amount, such as 1250.50
desk-amount-range = The amount is outside its limits. { $range }
desk-amount-missing = Enter the amount of “{ $label }”
desk-range = From EGP { $min } to EGP { $max }
desk-range-from = At least EGP { $min }
desk-range-to = At most EGP { $max }
desk-result-missing = Choose the result of the sitting
desk-conditions-missing = Write the conditions
desk-recommend-missing = Choose the result of the inspection
desk-file-missing = Choose a file
desk-file-unknown = The files did not arrive completely. Attach them again.
desk-file-large = The file is larger than 20 MB. Make it smaller, then attach it again.
desk-file-kind = This type of file is not accepted. Attach an image or a PDF.
desk-file-damaged = The file is damaged or unsafe. Take the photo or save it again, then attach it.
desk-no-key = This machine does not hold the governorate’s key for issuing documents. Tell the system operator.

# --- Inspections
desk-visits-title = My inspections
desk-visits-none = No inspections are assigned to you
desk-visits-none-text = An inspection appears here when it is scheduled for you.
desk-unplanned-title = Inspections without a date
desk-day-missed = Missed
desk-day-today = Today
desk-day-ahead = Coming
desk-navigate = Open the location
desk-go-work = Go to actions
desk-go-report = Record the inspection report
desk-go-file = Open the file
desk-go-sitting = Record the minutes
desk-go-preview = Preview the document before issuing (in Arabic)
desk-go-approve = Open to approve
desk-place = Address
desk-visit-appointed = Appointed for
desk-visit-planned = Scheduled
desk-visit-over = The report of this inspection has already been recorded.
desk-report-title = Inspection report of request { $number }
desk-button-report = Record the report
desk-done-report = The inspection report of request { $number } was recorded.
desk-recommend-accept = Done, approval recommended
desk-recommend-refuse = Done, refusal recommended
desk-recommend-again = Not possible; another inspection is needed

# --- Sittings
desk-sittings-title = Sittings
desk-sittings-none = No committee is assigned to you
desk-sittings-none-text = Ask the system supervisor to make you secretary of the committee.
desk-docket-none = No requests before the committee
desk-docket-none-text = A request appears here as soon as it reaches the committee.
desk-docket-caption = Agenda of { $committee }
desk-members-count =
    { $n ->
        [0] No members recorded
        [one] { $n } member
       *[other] { $n } members
    }
desk-members-few = The committee has fewer than three recorded members. Ask the system supervisor to record them first.
desk-sitting-title = Minutes of a sitting on request { $number }
desk-sitting-over = The committee has already decided this request.
desk-button-sitting = Record the minutes
desk-done-sitting = The minutes of the sitting on request { $number } were recorded.
desk-result-accept = Approved
desk-result-refuse = Refused
desk-result-postpone = Postponed

# --- Approval
desk-approvals-title = To approve
desk-deemed-title = Past their legal time limit
desk-deemed-text = Requests of the unit that were not decided within the legal time limit, for which the law has spoken, and which are still open.
desk-approvals-none = Nothing waits for your approval
desk-approvals-none-text = A request appears here when the departments have completed their steps.

# --- Documents
desk-paper-title = Document no.
desk-service = Service
desk-request = Request
desk-issued-on = Issued on
desk-valid-until = Valid until
desk-rulings-title = Decisions about it
desk-rulings-none = No decisions.
desk-paper-over = The document has been revoked, and that is final.
desk-paper-suspend = Suspend the document
desk-paper-restore = Restore it
desk-paper-revoke = Revoke the document
desk-paper-suspend-title = Suspend document { $number }
desk-paper-restore-title = Restore document { $number }
desk-paper-revoke-title = Revoke document { $number }
desk-paper-suspend-effect = Whoever verifies the document sees that it is suspended, until it is restored by decision.
desk-paper-restore-effect = The document is valid again for whoever verifies it.
desk-paper-revoke-effect = Whoever verifies the document sees that it is revoked. This is final and cannot be undone.
desk-paper-suspend-done = Document { $number } was suspended.
desk-paper-restore-done = Document { $number } was restored.
desk-paper-revoke-done = Document { $number } was revoked.
desk-governorate = { $name } Governorate
desk-preview-mark = Preview before issue, not valid
desk-preview-number = Given at issue
