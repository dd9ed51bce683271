# Texts of the window: the clerk's desk, registering, collecting, handing over, searching.

# --- Navigation
counter-nav-desk = Window desk
counter-nav-new = New request
counter-nav-search = Search
counter-nav-pay = Collect
counter-nav-last = Last slip

# --- Desk
counter-window = Window
counter-window-at = Window { $n }, { $place }
counter-window-number = Window { $n }
counter-window-missing = Choose the window you work at.
counter-window-chosen = You now work at { $window }.
counter-choose-window = Choose your window
counter-change-window = Change window
counter-and-more =
    { $n ->
        [one] And { $n } more request. Search by its number.
       *[other] And { $n } more requests. Search by their numbers.
    }
counter-sit = Sit here
counter-today = Your work today
counter-registered = Requests you registered
counter-voided = of them voided
counter-payments = Payments you collected
counter-collected = Total in EGP
counter-own = Today’s requests
counter-own-none = You have not registered a request today
counter-own-none-text = Press F2 to register a new request.
counter-request-number = Request number
counter-service = Service
counter-at = Registered at
counter-state = State
counter-drafts = Parked requests
counter-drafts-none = No parked requests. What you type on the registration screen is saved here by itself, or park it with Ctrl+S, and come back to it within three days.
counter-discard = Delete
counter-discarded = The parked request was deleted.
counter-ready = Ready to hand over
counter-ready-none = Nothing is ready to hand over now.
counter-returned = Waiting for missing papers
counter-returned-none = No requests are waiting for missing papers.
counter-unpaid = Waiting for payment
counter-unpaid-none = No payments are due now.

# --- Registering a request
counter-new-title = Register a new request
counter-service-hint = A code such as SHP-01, or a word of the service’s name
counter-service-unknown = There is no service with this code or name. Try another word of its name.
counter-open-form = Open the form
counter-found =
    { $n ->
        [one] We found { $n } service; choose it
       *[other] We found { $n } services; choose one
    }
counter-key-next = next field
counter-check = Check
counter-register = Register and print
counter-park = Park
counter-parked = The request is parked. You will find it at your desk.
counter-park-full = You have { $n } parked requests, the most that can be kept. Complete or delete some at your desk, then park this one.
counter-saved-at = Draft saved
counter-save-over = Your session has ended. Finish typing and register: you will be asked to sign in, and nothing is lost.
counter-save-failed = The draft was not saved now. We will try again with the next field.
counter-applicant = Applicant
counter-more-applicant = Company or body, foreign national, agent and other details
counter-request-data = Details of the request
counter-more-data = Competent unit and optional details
counter-scans = Scans of the papers
counter-papers = Papers
counter-papers-hint = Space ticks one, Shift+Space ticks all. What is not ticked is to be supplied later.
counter-papers-other = Optional papers
counter-papers-none = This request needs no papers.
counter-paper-here = Supplied
counter-paper-pending = To be supplied later
counter-paper-unknown = This paper is not asked for in this service: { $code }
counter-files-kept =
    { $n ->
        [one] { $n } file kept
       *[other] { $n } files kept
    }
counter-file-unknown = One of the attached files is no longer kept. Attach it again.
counter-unit = Competent unit
counter-unit-hint = The unit in which the property or activity lies
counter-unit-wrong = Choose a unit of the same governorate.
counter-until = Missing papers due by
counter-until-past = Choose a day after today.
counter-date-wrong = Enter a valid date, such as 22/11/2026
counter-value-wrong = Check this field.
counter-if-applies = if it applies
counter-hint-date = day/month/year
counter-hint-point = Latitude then longitude, such as 30.0444, 31.2357
counter-hint-shape = One point a line: latitude then longitude
counter-nid = National ID
counter-nid-missing = Enter the national ID.
counter-nid-century = The national ID starts with 2 or 3. Check the card.
counter-nid-date = The date of birth in the national ID is not valid. Check the card.
counter-nid-governorate = The governorate code in the national ID is not valid. Check the card.
counter-number-kind = Kind of identity number
counter-number-whose = For foreign nationals, companies and bodies
counter-number-kind-missing = Choose the kind of identity number.
counter-number = Identity number
counter-number-missing = Enter the identity number.
counter-number-wrong = The identity number does not match its kind. Check it.
counter-identity-national-id = National ID
counter-identity-passport = Passport
counter-identity-commercial-register = Commercial register
counter-identity-tax-number = Tax registration number
counter-identity-registration = Registration number
counter-name = Name
counter-name-missing = Enter the name as on the card.
counter-mobile = Mobile number
counter-mobile-missing = Enter the mobile number.
counter-applicant-kind = Applicant is
counter-abroad = outside Egypt
counter-foreign = Foreign national
counter-by-agent = Filed by an agent
counter-agent = Agent
counter-agent-nid = Agent’s national ID
counter-agent-name = Agent’s name
counter-agent-mobile = Agent’s mobile number
counter-email = Email
counter-email-wrong = Enter a valid email address, such as name@example.com, or leave it empty.
counter-residence = Address
counter-known = We know this applicant and filled in their details. Check them together.
counter-known-name = The name on our record is { $value }. What you typed will replace it.
counter-known-mobile = The mobile number on our record is { $value }. What you typed will replace it.
counter-book-full = The number book of this unit is full for this year. Tell the system supervisor.

# --- Beside the form
counter-fees = Fees
counter-no-fees = This service has no fees.
counter-fees-later = Fees are calculated when the details are complete.
counter-fees-unknown = To be set later:
counter-total = Total
counter-promised = Expected by
counter-earlier = Earlier requests
counter-earlier-none = No earlier requests.
counter-earlier-unknown = Enter the identity number to see earlier requests.
counter-same-open = There is an open request for the same service. Check it before registering.

# --- After registering
counter-done-title = Request registered
counter-done-registered = The request was registered with number
counter-pin = PIN
counter-received = Received at
counter-pending = To be supplied later
counter-copy = Copy
counter-qr = Code for tracking the request
counter-track-at = Track it at:
counter-slip-80 = Slip, 80 mm (in Arabic)
counter-slip-a5 = Slip, A5 (in Arabic)
counter-print-out = Print-out of the request (in Arabic)
counter-next = What comes next
counter-reprint = Copy of the slip
counter-open-file = Request file
counter-no-slip-today = You have not registered a request today, so there is no slip to print again.

# --- Printed papers
counter-governorate = { $name } Governorate
counter-centre = Technological Centre for Citizen Service
counter-slip-help = Questions: { $phone }
counter-printed-at = Printed on { $at }
counter-by-slip = Payment slip no. { $slip }
counter-legal = Under: { $laws }
counter-signatory = Competent authority
counter-points =
    { $n ->
        [one] { $n } point
       *[other] { $n } points
    }
counter-rows =
    { $n ->
        [one] { $n } row
       *[other] { $n } rows
    }

# --- The file
counter-status-in-progress = In progress
counter-status-waiting-completion = Waiting for missing papers
counter-status-waiting-payment = Waiting for payment
counter-status-issued = Ready to hand over
counter-status-closed = Finished and handed over
counter-status-refused = Refused
counter-status-withdrawn = Withdrawn
counter-status-voided = Voided
counter-standing-valid = Valid
counter-standing-suspended = Suspended
counter-standing-revoked = Revoked
counter-halted-completion = Clock stopped until the missing papers are supplied
counter-halted-payment = Clock stopped until payment
counter-halted-consult = Clock stopped until another department answers
counter-late = Past its date
counter-hidden = Hidden
counter-erased = Data erased
counter-missing = Needed from the applicant
counter-reasons = Reasons for refusing or closing
counter-scan = Scan
counter-issued = Issued document
counter-issued-on = Issued on
counter-expires = Expires on
counter-money = Payments
counter-owed = Due
counter-paid-none = Nothing has been paid yet.
counter-journey = Progress of the request
counter-do-pay = Collect
counter-do-hand-over = Hand over
counter-do-supply = Supply missing papers
counter-do-check = Check completeness
counter-do-withdraw = Withdraw request
counter-do-void = Void registration

# --- Actions
counter-reason = Reason
counter-reason-missing = Write the reason.
counter-note = Note
counter-void-title = Void a registration
counter-void-effect = The registration is voided and no work is done on it; its number stays in the book as void. The clerk can do this for a quarter of an hour, and after that the manager.
counter-void-button = Void the registration
counter-void-done = The registration was voided.
counter-withdraw-title = Withdraw a request
counter-withdraw-effect = The request ends at the applicant’s wish. This cannot be undone except by a new request.
counter-withdraw-button = Withdraw the request
counter-withdraw-done = The request was withdrawn.
counter-check-title = Check that the papers are complete
counter-check-effect = After the check the request goes to the competent department.
counter-check-button = Finish the check
counter-check-done = The completeness check is finished.
counter-check-outcome = Result of the check
counter-check-accept = The papers are complete
counter-check-later = The request goes on, and what is missing is supplied before issue
counter-check-ask = Ask the applicant for what is missing
counter-check-ask-hint = The clock stops until it is supplied
counter-check-until = Last day to supply it
counter-check-missing = Choose the result of the check.
counter-supply-title = Supply missing papers
counter-supply-until = Due by { $date }
counter-supply-text = What was supplied
counter-supply-file = Scan of the paper
counter-supply-button = Record what was supplied
counter-supply-done = What was supplied has been recorded.
counter-supply-nothing = For at least one item, write what the applicant supplied or attach its scan.
counter-hand-over-title = Hand over
counter-hand-over-effect = Check the identity of the recipient before handing over, then record what you saw.
counter-hand-over-button = Hand over
counter-hand-over-done = Handed over.
counter-to = Recipient
counter-to-applicant = The applicant: { $name }
counter-to-agent = The agent: { $name }
counter-to-missing = Choose who receives it.
counter-checked = I saw
counter-checked-nid = The original national ID card
counter-checked-passport = The original passport
counter-checked-poa = The original power of attorney and the agent’s card
counter-checked-missing = Choose the document you saw.
counter-matched = Name, number and photo match
counter-matched-missing = Compare name, number and photo, then tick here.
counter-hand-paper = Document no. { $number }

# --- Collecting
counter-pay-title = Collect a payment
counter-pay-number = Request number or code of its slip
counter-find = Show what is due
counter-bill = Due now
counter-line = Item
counter-rule = How it was calculated
counter-amount = Amount collected
counter-amount-missing = Enter the amount collected.
counter-amount-wrong = Enter an amount in pounds, such as 1250.50
counter-slip-number = Number of the payment slip or paper receipt
counter-slip-hint = As printed on it
counter-collect = Collect
counter-paid = Collected with receipt number
counter-receipt-80 = Receipt on an 80 mm roll (in Arabic)
counter-receipt = Print the receipt (in Arabic)
counter-nothing-due = Nothing is due on this request now.
counter-changed = The request changed after you opened this page: { $what }. See what is new, then repeat the action if it is still needed.
counter-due-unknown = Not set yet: { $parts }. These have to be assessed first.

# --- Searching
counter-search = Number, code, national ID, mobile number or name
counter-search-hint = Scan the slip, or type what you have
counter-number-unknown = There is no request with this number within your reach. Check the number on the slip.
counter-number-length = A request number has 15 digits; you typed { $n }.
counter-number-check = There is a typing error in the number. Check it.
counter-number-none = This is not the number of a request, document or receipt.
counter-scan-unknown = We found nothing within your reach for this code.
counter-meant = Did you mean:
counter-other-layout = You typed on another keyboard layout, so we searched for what you meant.
counter-results = Results
counter-found-none = Nothing found
counter-found-none-text = Check the spelling, or search by request number, national ID or mobile number.

# --- A person's details
counter-person-title = Details of the applicant
counter-person-open = Details
counter-person-requests = Requests
counter-person-papers = Documents issued
counter-person-papers-none = No documents issued yet.
counter-person-noted = Every view of this page is recorded with the name of the viewer and the time.
counter-not-given = not recorded
counter-erased-text = The data of this person has been erased. Requests and their numbers remain without name or national ID, and what was erased cannot be recovered.
counter-erased-print = The data of this applicant has been erased, so nothing can be printed for them.
counter-do-correct = Correct the details
counter-correct-title = Correct the details of an applicant
counter-correct-effect = The corrected details appear in all their requests and in what is printed from now on. Licences and certificates already issued do not change. The identity number cannot be corrected here.
counter-correct-reason-hint = For example: the name was misspelt, or the applicant changed their mobile number
counter-correct-button = Save the correction
counter-correct-done = The details were saved.
counter-do-erase = Erase the data
counter-erase-title = Erase the data of { $name }
counter-erase-effect = Name, identity number, mobile number, email and address are erased, with the personal data in their requests and the scans of their papers. This cannot be undone.
counter-erase-remains =
    { $n ->
        [0] There are no requests.
        [one] { $n } request remains with its number, dates and payments, without a name.
       *[other] { $n } requests remain with their numbers, dates and payments, without a name.
    }
counter-erase-papers =
    { $n ->
        [0] No licence or certificate was issued.
       *[other] What was issued can still be verified, without the holder’s name, and cannot be printed again.
    }
counter-erase-ground = Reason for erasing
counter-erase-ground-asked = The person asked for it
counter-erase-ground-mistake = The data was recorded by mistake
counter-erase-ground-decision = Judgment or decision of a competent body
counter-erase-ground-missing = Choose the reason for erasing.
counter-erase-done = The data was erased.

# --- Refused files
counter-upload-empty = The file is empty. Attach another one.
counter-upload-too-large = The file is larger than 20 MB.
counter-upload-kind = Only JPEG, PNG, WebP and PDF are accepted.
counter-upload-damaged = The file is damaged. Scan it again.
counter-upload-too-many-pixels = The image is larger than accepted. Scan it at a lower resolution.
counter-upload-erased = The data of this request has been erased.
counter-upload-pdf-locked = The PDF is protected by a password. Attach it without one.
counter-upload-pdf-program = The PDF contains programs, so it is not accepted. Print it to a new PDF, then attach that.
counter-upload-pdf-files = The PDF contains other files, so it is not accepted. Attach them separately.
counter-upload-pdf-bomb = The PDF cannot be checked. Scan it again.
