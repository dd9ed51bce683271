# Texts for managing the service guide: published versions, checking and publishing texts, rates of governorates.

services-nav = Service guide
services-title = Manage the service guide
services-action = Action
services-none = None
services-conflict = Another text was published, or a rate was changed, after you opened the page, so your change was not saved. Open the page again and see what changed.
services-date-missing = Enter the date
services-date-wrong = Enter a valid date: day, month and year

# --- List
services-count = Number of services: { $n }.
services-sound = No findings
services-findings = Findings: { $n }
services-findings-title = Findings
services-groups = Groups of services
services-code = Code
services-name = Name of the service
services-name-en = Name in English
services-group = Group
services-version = Version
services-version-n = Version { $n }
services-from = In force from
services-state = State
services-state-in-force = In force
services-state-coming = Not begun yet
services-state-past = Earlier
services-state-unpublished = Not published
services-next-from = New version from { $day }
services-proposals = Proposed texts
services-proposals-text = These texts came with an update of the program. None is published by itself: open the text, see what changed, then publish it from a date you set.
services-proposal-new = New service
services-proposal-changed = Changed text
services-proposed = The program brings a proposed text for this service that has not been published.
services-proposal-open = Review the proposed text

# --- Page of a service
services-shown = Version { $version }, in force from { $day }
services-edit = Edit the text
services-text = Text
services-figures = Rates of governorates
services-editor-note = Note to the editor
services-versions = Versions
services-versions-none = No version of this service has been published yet
services-versions-none-text = The text shown is the program’s. Publish it from the editing page.
services-published-at = Published at
services-by-program = (by the program)
services-hash = Fingerprint
services-compare = Compare
services-diff-from = Difference between { $a } and { $b }
services-origin = Source:
services-origin-pages = Published pages (references at the end of the page)
services-origin-law = A known legal text, not reviewed article by article
services-origin-default = An estimate of the platform that the governorate approves or changes
services-mended = Completed by estimate
services-part-empty = Nothing in this part.
services-item = Item
services-item-text = Details
services-item-from = Its source
services-numbers = Figures of “{ $label }”
services-refs = References
services-part-name = Service
services-part-notes = Advice to the citizen
services-part-law = Legal basis
services-part-conditions = Conditions and checks
services-part-documents = Documents
services-part-fields = Form fields
services-part-report = Inspection report
services-part-fee = Fees
services-part-limit = Time limits
services-part-steps = Steps
services-part-reasons = Reasons for refusal
services-part-completion = Missing items
services-part-output = Output of the service
services-applicants = Applicant
services-channels = Channels
services-channel-window = Window
services-channel-online = Website
services-channel-mobile = Mobile centre
services-window = Period in which requests are accepted
services-articles = Articles { $articles }
services-checked = Checked automatically: { $expr }
services-level-warning = Warns the clerk
services-level-error = Prevents filing
services-copies = Copies: { $n }
services-identifies = Reveals who the applicant is
services-choices = Choices: { $list }
services-columns = Columns: { $list }
services-office-fills = Filled in by staff
services-personal = Personal data
services-need-always = Required
services-need-optional = Optional
services-need-when = Required if
services-type-text = Text
services-type-number = Number
services-type-integer = Whole number
services-type-choice = One choice from a list
services-type-multi-choice = Choices from a list
services-type-date = Date
services-type-money = Amount
services-type-area-m2 = Area in square metres
services-type-length-m = Length in metres
services-type-national-id = National ID
services-type-mobile = Mobile number
services-type-email = Email
services-type-yes-no = Yes or no
services-type-point = Point on the map
services-type-polygon = Outline on the map
services-type-line = Line on the map
services-type-address = Address
services-type-file = File
services-type-repeated-group = Table
services-type-service-number = Number of a request or licence
services-fee-fixed = Fixed amount
services-fee-per-unit = Rate × quantity
services-fee-percent = Percentage of a value
services-fee-bands = Bands
services-fee-assessed = Assessed by the officer
services-fee-formula = Formula
services-fee-line = { $kind }, paid { $due }, to { $payee }
services-fee-by = Calculated on: { $expr }
services-fee-limits = Limits of the amount: { $range }
services-fee-step = Paid at the step { $step }
services-open = Not set
services-pounds = EGP { $n }
services-percent = { $n }%
services-limit-whole = Time limit
services-limit-variant = Another time limit if
services-limit-law = Legal time limit
services-working-days =
    { $n ->
        [0] On the same day
        [one] { $n } working day
       *[other] { $n } working days
    }
services-calendar-days =
    { $n ->
        [0] On the same day
        [one] { $n } day
       *[other] { $n } days
    }
services-parallel = In parallel with the steps of group { $letter }
services-validity = Valid for
services-months =
    { $n ->
        [one] { $n } month
       *[other] { $n } months
    }
services-printed = Printed on the paper
services-output-licence = Licence
services-output-approval = Approval
services-output-certificate = Certificate
services-output-none = No paper

# --- Texts and differences
services-text-title = Text of version { $version }: { $name }
services-line = Line
services-lines = Number of lines: { $n }. For reading and copying.
services-diff = Difference between two versions
services-diff-title = What changed from version { $a } to version { $b }: { $name }
services-diff-a = From version
services-diff-b = To version
services-diff-none = The two texts do not differ.
services-diff-added-n = Lines added: { $n }.
services-diff-removed-n = Lines removed: { $n }.
services-diff-old = Before
services-diff-new = After
services-diff-change = Change
services-diff-line = Text of the line
services-diff-added = Added
services-diff-removed = Removed

# --- Editing
services-edit-title = New text: { $name }
services-new-title = Add a service
services-edit-intro = Edit the text or upload its file, then check it. Nothing is published before you see what changes and set the date from which it applies.
services-edit-text = Text of the service
services-edit-text-hint = One TOML file that describes the whole service
services-edit-file = Or a file from your device
services-edit-file-hint = If you choose a file, it is checked instead of the text
services-edit-file-wrong = The file is not text in UTF-8. Save it in this encoding, then upload it
services-edit-empty = Enter the text of the service, or choose its file
services-edit-other = The text is of another service with the code { $code }; this is the page of { $expected }
services-check = Check the text
services-finding = Line { $line }: { $message }
services-finding-what = Finding

# --- Preview and publishing
services-preview = Preview before publishing
services-preview-title = Preview before publishing: { $name }
services-changes = What changes in the text
services-first-text = This is the first text published for this service.
services-told = Fees and steps with sample data
services-told-changes = What changes in fees and steps
services-told-whole = Show the whole calculation with the new text
services-told-again = Calculate again
services-samples = Sample data
services-samples-hint = One a line: the field’s name, then =, then its value
services-samples-line = Write it as name=value: “{ $line }”
services-from-hint = Requests registered from this day on follow the new text; earlier ones keep their own
services-publish = Publish
services-publish-effect = This text becomes a new version of “{ $name }” that cannot be changed or deleted. It is corrected by another version.
services-publish-submit = Publish the version
services-published = Version { $version } was published and applies from { $day }.
services-refused-same = This is the text published last, so there is nothing new to publish
services-refused-before = This very text was already published as version { $version }. Change the version number in the text if you want to return to it
services-refused-past = Enter a date from today on
services-refused-early = The latest version applies from { $day }. Enter this date or a later one

# --- Rates of governorates
services-figures-title = Rates of the governorate: { $name }
services-places-text = Choose the governorate.
services-figures-none = No figures in the fees of this service are set by the governorate
services-figures-none-text = Its fees are set in its text, or it has none.
services-slots = Figures that can be set
services-figure = Figure
services-national = In the service guide
services-range = Allowed limits
services-own = In the governorate today
services-figures-set = Decisions of the governorate
services-figures-set-none = The governorate has not set a figure yet
services-figures-set-none-text = Fees are calculated with the figures of the service guide until a decision is made and recorded here.
services-days = In force
services-figure-past = Ended
services-figure-coming = Not begun yet
services-figure-in-force = In force
services-figure-unused = No longer in the fees of the service
services-figure-new = Record a decision
services-figure-missing = Choose the figure
services-figure-value = Value
services-figure-value-hint = In pounds, or a percentage where the figure is one
services-figure-decision = Decision number
services-figure-decided-on = Date of the decision
services-figure-from = First day
services-figure-to = Last day
services-figure-to-hint = Leave empty if the decision sets no end
services-figure-submit = Record the rate
services-figure-set = The rate was recorded and applies { $days }.
services-decision = Decision { $number } of { $day }
services-withdraw = Withdraw
services-withdraw-title = Withdraw a local rate
services-withdraw-effect = “{ $label }”: { $value }, { $decision }. From today fees are calculated with the figure of the service guide; what was assessed before does not change.
services-withdrawn = The rate was withdrawn.
services-range-both = from { $min } to { $max }
services-range-min = at least { $min }
services-range-max = at most { $max }
services-range-none = no limits
services-days-both = from { $from } to { $to }
services-days-from = from { $from }
services-refused-figure = This figure is not in the fees of the service on the day the decision begins
services-refused-value = Enter a valid value, such as 1,250.50
services-refused-range = The value is outside the allowed limits: { $range }
services-refused-decision = Enter the decision number
services-refused-decision-ahead = The date of the decision is after today. Check it
services-refused-before-decision = A decision cannot apply before its own date
services-refused-ends = The last day is before the first. Check both dates
services-refused-overlap = This figure has another value in force { $days }. Withdraw it, or choose other days
services-refused-entry = This rate is not recorded
services-refused-ended = This rate has already ended
