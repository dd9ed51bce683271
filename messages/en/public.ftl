# Citizens' pages: guide, centres, tracking, verifying, help.

# --- Home page
public-home-title = Local administration services through one window
public-home-ask = What service do you need?
public-home-common = Most requested
public-home-do = What do you want to do?
public-home-track = With the request number and PIN on your slip
public-home-verify = With the printed QR code or the document number
public-home-centres = Opening hours, place and windows
public-home-groups = All services
public-home-count =
    { $n ->
        [one] The guide has { $n } service, with its documents, fees and time limit.
       *[other] The guide has { $n } services, each with its documents, fees and time limit.
    }
public-home-hours = When requests are received
public-home-hours-text = Hours may differ at some centres and in Ramadan.
public-home-hours-link = See the hours of your centre

# --- Searching the guide
public-search-here = Search results
public-search-title = Search for “{ $q }”
public-search-meant = We searched for
public-search-meant-why = Your keyboard was set to another language.
public-search-none = No service found with these words
public-search-none-text = Try one word for what you need, such as “shop”, “building” or “meter”, or choose from the groups below.
public-search-none-call = The helpline can help you find the service:
public-search-count =
    { $n ->
        [one] { $n } service
       *[other] { $n } services
    }
public-search-more =
    { $n ->
        [one] { $n } more result
       *[other] { $n } more results
    }
public-guide-all = All groups of the guide

# --- Service page
public-service-brief = In brief
public-service-more = More details
public-steps-count =
    { $n ->
        [one] Steps of the request: { $n } step
       *[other] Steps of the request: { $n } steps
    }
public-service-who = Who can apply
public-service-days = Time limit
public-service-within = within
public-service-fees = Fees
public-service-fee = Fees:
public-service-result = What you get
public-service-channels = How to apply
public-service-print = Print the list of documents
public-service-where-link = Where and when to apply
public-service-between = Requests are accepted from { $from } to { $to } ({ $decision }).
public-service-variant = { $when }: { $days }
public-service-stage = { $what }: within { $days }
public-channel-window = At a window of a technological centre
public-channel-online = On this website
public-channel-mobile = At a mobile centre
public-part-documents = Documents you need
public-part-conditions = Conditions
public-part-fee = Fees
public-part-time = Time limit
public-part-steps = Steps of the request
public-part-reasons = Reasons for refusal
public-part-output = What you get
public-part-law = Legal basis
public-documents-none = This service needs no documents.
public-document-always = Needed from everyone
public-document-some = Depending on your case
public-document-optional = Optional
public-copies =
    { $n ->
        [one] ({ $n } copy)
       *[other] ({ $n } copies)
    }
public-months =
    { $n ->
        [one] { $n } month
       *[other] { $n } months
    }
public-law-articles = { $law }, articles: { $list }
public-time-promised = Completed within
public-time-law = Period set by law for deciding the request
public-step-together = At the same time as the step before
public-reasons-note = A request can be refused only by a reasoned decision, and you can appeal against it.
public-output-what = Document
public-output-term = Valid for
public-output-open = No expiry date
public-output-asked = As you ask in “{ $label }” ({ $unit })
public-output-at-most = up to { $months }
public-output-maximum = Up to { $months }; the issuing body may set less
public-output-renewable = Can be renewed
public-output-start = Start of works
public-output-effect = Effect
public-output-printed = What is written on it
public-term-day = in days
public-term-month = in months
public-term-year = in years

# --- Conditions in words
public-or = { " or " }
public-when = If { $clause }
public-when-other = In cases that the details of your request decide
public-when-and = { $a }, and { $b }
public-when-or = { $a }, or { $b }
public-when-not = it is not the case that: { $clause }
public-when-yes = you answered “Yes” to “{ $label }”
public-when-no = you answered “No” to “{ $label }”
public-when-agent = an agent files the request
public-when-self = you file the request yourself
public-when-foreign = the applicant is a foreign national
public-when-egyptian = the applicant is Egyptian
public-when-male = the applicant is a man
public-when-female = the applicant is a woman
public-when-kind = the applicant is: { $kinds }
public-when-not-kind = the applicant is not: { $kinds }
public-when-picked = you chose { $choices } in “{ $label }”
public-when-not-picked = you did not choose { $choices } in “{ $label }”
public-when-equal = { $left } is { $right }
public-when-unequal = { $left } is not { $right }
public-when-more = { $left } is more than { $right }
public-when-at-least = { $left } is { $right } or more
public-when-less = { $left } is less than { $right }
public-when-at-most = { $left } is { $right } or less

# --- Units of measurement
public-unit-m = m
public-unit-m2 = m²
public-unit-m3 = m³
public-unit-m3-per-day = m³ a day
public-unit-m2_night = m² a night
public-unit-EGP = EGP
public-unit-month = months
public-unit-day = days
public-unit-year = years
public-unit-percent = %
public-unit-kg = kg
public-unit-kW = kW
public-unit-feddan = feddans
public-unit-cm = cm
public-unit-mm = mm
public-unit-hp = hp
public-unit-dB = dB
public-unit-copy = copies
public-unit-t = t
public-unit-load = loads
public-unit-sheet = sheets
public-unit-lift = lifts
public-unit-s = s
public-unit-cd-per-m2 = cd/m²
public-unit-m-per-s = m/s
public-unit-km-per-h = km/h
public-unit-kg-per-m2 = kg/m²
public-unit-kg-per-cm2 = kg/cm²

# --- Fees
public-fee-none = No fees
public-fee-none-text = This service has no fees.
public-fee-varies = Depends on the request
public-fee-from = From { $least }
public-fee-by-file = Depends on the request
public-fee-count = number of { $of }
public-fee-least = the smallest of ({ $list })
public-fee-most = the largest of ({ $list })
public-fee-rate-by = a rate set by { $label }
public-fee-per-unit = { $rate } for each { $unit }, by { $of }
public-fee-percent = { $percent }% of { $of }
public-fee-bands = An amount by the band of { $by }
public-fee-bands-by = An amount by the band of { $by } and “{ $variant }”
public-fee-assessed = Assessed by the officer after studying the request
public-fee-assessed-usual = Assessed by the officer after studying the request; usually { $usual }
public-fee-assessed-within = Assessed by the officer, between { $min } and { $max }
public-fee-formula = { $formula }
public-fee-from-to = from { $min } to { $max }
public-fee-min = at least { $min }
public-fee-max = at most { $max }
public-band-to = Up to { $to } { $unit }
public-band-between = More than { $from } and up to { $to } { $unit }
public-band-from = More than { $from } { $unit }
public-band-all = For all sizes
public-percent = { $n }%
public-percent-between = { $min }% to { $max }%
public-reduction = { $percent } reduction from { $from } to { $to } ({ $decision }).
public-reduction-of = { $of }: { $percent } reduction from { $from } to { $to } ({ $decision }).
public-fee-due = Paid:
public-fee-payee = Paid to:
public-fee-refundable = Returned to you when its purpose is fulfilled.
public-fee-is-maximum = This is the most; the officer may assess less.
public-fee-elsewhere = Collected with the service:
public-fee-table = Table of { $part }
public-fee-range = Band
public-fee-amount = Amount
public-fee-applicant = Applicant is
public-fee-by-office = Set by the office when it examines the request. Try the value you expect.
public-fee-bad-number = Enter a number in “{ $label }”
public-fee-bad-money = Enter an amount in pounds in “{ $label }”, such as 1500.50
public-fee-bad-date = Check the date in “{ $label }”
public-fee-bad-choice = Choose from the list in “{ $label }”
public-fee-out-of-range = The value in “{ $label }” is outside what this service allows
public-fee-needs = Fill in: { $fields }
public-fee-not-computed = Calculated when the request is examined
public-payee-unit = Local unit
public-payee-governorate = Governorate
public-payee-treasury = Public treasury
public-payee-engineers = Engineers’ syndicate
public-payee-insurance = Insurance pool
public-calc-governorate = Your governorate
public-calc-governorate-hint = A governorate may set its own rates by decision.
public-calc-of = Calculated with the rates in force in { $governorate } Governorate.
public-calc-national = Calculated with the rates published for all governorates.
public-local-title = Rates of { $governorate } Governorate
public-local-instead = instead of
public-local-since = in force from { $from }
public-local-days = in force from { $from } to { $to }
public-local-none = The published rates apply in { $governorate } Governorate.
public-local-others = Some of these rates differ in governorates that set their own by decision. Choose your governorate:
public-calc-title = Calculate the fees for your case
public-calc-go = Calculate the fees
public-calc-result = Expected fees
public-calc-line = Item
public-calc-rule = Calculation
public-calc-due = Paid
public-calc-total = Total
public-calc-estimate = An estimate for guidance. The office sets the final amount when it examines the request.
public-calc-partial = The total leaves out items that are not calculated yet. An estimate for guidance; the office sets the final amount.

# --- Where and when
public-where-title = Where and when to apply
public-where-text = Choose your governorate to see the centre and its hours. Requests are filed at the centre of the unit in which the place lies.
public-where-unit = Choose the unit in which the place lies:
public-where-go = Show centres
public-where-more = All about this centre
public-governorate = Governorate

# --- Sources of the data on the service page
public-sources-title = Where does this information come from?
public-sources-text = We state the source of each part. What is called an estimate is approved by the governorate before it is used.
public-source-titled = Published page: { $title }
public-source-page = Published page: { $title } ({ $site })
public-source-published = Published data
public-source-law = The law
public-source-law-named = The law: { $law }
public-source-default = A reasonable estimate, approved by the governorate

# --- Printing
public-print-list = List of documents
public-print-how = Print this page from the browser’s menu, or press
public-print-address = Details of the service at:
public-print-back = Back to the service page

# --- Centres
public-centres-title = Find a technological centre
public-centres-name = Search by district, markaz or city
public-centres-name-hint = Such as: Shubra, Banha, Mansoura
public-centres-named = Centres matching “{ $q }”
public-centres-of = Centres of { $governorate } Governorate
public-centres-near = Nearest to you
public-centres-none = No centre found with this name
public-centres-none-text = Check the name, or choose the governorate from the list below.
public-centres-by-governorate = Choose a governorate
public-centres-show = Show centres
public-centres-by-place = Nearest to you
public-centres-point = Your location
public-centres-point-hint = The device finds it when you agree, or type latitude and longitude. We do not keep your location.
public-centres-nearest = Show the nearest
public-centres-bad-point = Enter latitude and longitude as numbers, such as 30.0444 and 31.2357
public-centres-outside = This location is outside Egypt. Check latitude and longitude.
public-centres-all = All governorates
public-less-than-km = Less than a kilometre
public-km =
    { $n ->
        [one] { $n } kilometre
       *[other] { $n } kilometres
    }
public-vans =
    { $n ->
        [one] and { $n } mobile centre
       *[other] and { $n } mobile centres
    }
public-unit-district = District
public-unit-markaz = Markaz and city
public-unit-city = City
public-unit-village = Village
public-centre-in = { $governorate } Governorate
public-hours-title = Opening hours
public-hours-days = Working days
public-hours-window = Window hours
public-hours-evening = Evening hours
public-hours-span = { $from } to { $to }
public-week = { $from } to { $to }
public-open-until = Open now until { $time }
public-opens-today = Closed now, opens today at { $time }
public-opens-on = Closed now, opens on { $day } at { $time }
public-holidays-title = Coming holidays
public-holidays-none = No public holidays in the next three months.
public-holiday-expected = expected, to be confirmed by decision
public-windows =
    { $n ->
        [one] { $n } window open
       *[other] { $n } windows open
    }
public-window = Window { $n }
public-windows-none = No windows are open at present. Call the helpline before you go to the centre.
public-windows-closed =
    { $n ->
        [one] { $n } window closed at present
       *[other] { $n } windows closed at present
    }
public-vans-title = Mobile centres
public-vans-text = Its next stop has not been announced yet. Ask the helpline.
public-van-stands = Not working at present
public-centre-place = Place
public-centre-geo = Open the place in a maps app
public-centre-near = The location is accurate to about three kilometres.
public-centre-town = The point is the middle of the city or district, not the door of the centre.
public-centre-services = Services of this centre

# --- Tracking
public-track-text = Enter the request number and the PIN as on your slip, or scan the QR code printed on it with your phone’s camera.
public-track-number = Request number
public-track-number-hint = 15 digits, with or without spaces
public-track-pin = PIN
public-track-pin-hint = 4 digits below the request number
public-track-pin-missing = Enter the PIN
public-track-pin-wrong = The PIN is the 4 digits on the slip
public-track-go = Track the request
public-track-not-found = There is no request with this number and this PIN together. Check both on the slip.
public-track-other-kind = This is the number of another kind ({ $kind }), not of a request. Request numbers start with 1.
public-track-lost = No request found for this code
public-track-lost-text = The code may not have been read completely. Scan it again, or enter the request number and the PIN.
public-track-lost-slip = Lost the slip?
public-track-lost-slip-text = Take your identity card to the centre where you applied, and it will print you a copy.
public-number-missing = Enter the number
public-number-characters = The number has digits only, no letters
public-number-length =
    { $n ->
        [0] The number has 15 digits.
        [one] You entered { $n } digit. The full number has 15 digits.
       *[other] You entered { $n } digits. The full number has 15 digits.
    }
public-number-check = There is an error in the number: a wrong digit, or two digits swapped. Check it digit by digit.
public-number-impossible = No number looks like this. Check the first seven digits on the slip.
public-meant-number = Did you mean one of these numbers?
public-track-here = Request no.
public-track-received = Registered on
public-track-expected = Expected by
public-track-paused = The new date is calculated when you have done what is asked of you.
public-track-missing = Needed from you:
public-track-missing-until = Last day to bring it to the centre:
public-track-pending = Documents you promised to bring later:
public-track-to-pay = Amount to pay:
public-track-reasons = Reasons for refusal:
public-track-decision = Decision no. { $number } of { $date }.
public-track-steps = Steps of the request
public-track-due = Due { $date }
public-track-forecast = Expected by { $date }
public-track-since = Reached on { $date }.
public-track-visit = Inspection on { $date }.
public-track-ended-here = The request ended at this step.
public-track-privacy = No names and no personal data appear here, so you can show this page to others.
public-track-service = About this service
public-track-centre = The centre and its hours
public-halted-completion = The clock is stopped until you bring what is needed.
public-halted-payment = The clock is stopped until you pay.
public-halted-consult = Waiting for an answer from another body.
public-status-in_progress = Under examination
public-status-waiting_completion = Something is needed from you
public-status-waiting_payment = Payment is due
public-status-issued = Ready to collect
public-status-closed = Finished and handed over
public-status-refused = Refused
public-status-withdrawn = Withdrawn
public-status-voided = Voided
public-next-in_progress = Your request is now with: { $desk }. Nothing is needed from you.
public-next-waiting_completion = Bring what is needed to the centre, so that the examination can go on.
public-next-waiting_payment = Pay the amount at the centre, so that your request can go on.
public-next-issued = The document ({ $paper }) has been issued. Collect it at the centre; bring your identity card and the request slip.
public-next-closed = The document ({ $paper }) was handed over on { $date }.
public-next-refused = The request was refused by decision on { $date }. You may object from your account or at the centre.
public-next-withdrawn = The request was withdrawn at the applicant’s wish on { $date }.
public-next-voided = The registration was voided on { $date }. Ask the centre if you did not know about it.
public-standing-valid = Valid
public-standing-expired = Expired
public-standing-suspended = Suspended
public-standing-revoked = Revoked

# --- Verifying
public-verify-title = Verify a licence or certificate
public-verify-text = Make sure that the document was really issued and is still valid.
public-verify-by-number = By document number
public-verify-code = Document number, or content of the QR code
public-verify-code-hint = The number has 15 digits and starts with 2
public-verify-go = Verify
public-verify-missing = Enter the document number or the content of the QR code
public-verify-damaged = The content of the code is incomplete or damaged. Scan the whole code again.
public-verify-other-kind = This is the number of another kind ({ $kind }). The number of a licence or certificate starts with 2.
public-verify-offline = Offline
public-verify-offline-text = Open this page once while the device is online, then add it to the home screen. After that you can verify the code itself offline, and see the date of the latest revocation list on your device.
public-verify-carry = Download the lists of all governorates to this device
public-verify-carrying = The revocation lists of all governorates are being downloaded. Keep this page open for a moment, then you can work offline.
public-verify-doubt = In doubt about a document?
public-verify-doubt-text = Do not accept a paper that differs from what appears here, and tell the local unit named on it.
public-verify-here = Result
public-verify-as-of = State at:
public-verify-compare = Compare these details with what is printed on the document.
public-verify-number-only = With the number alone, the holder’s name and the place are not shown. Scan the QR code printed on the document to compare them.
public-verify-code-too = Verify the code itself
public-verify-another = Verify another document
public-paper-service = Service
public-paper-unit = Issued by
public-verdict-valid = The document is genuine and valid
public-verdict-valid-text = It was issued by this system and has not been revoked.
public-verdict-expired = The document has expired
public-verdict-expired-text = It was issued, but it expired on the date below.
public-verdict-not-yet = The document is not valid yet
public-verdict-not-yet-text = Do not accept it before the date below.
public-verdict-suspended = The document is suspended
public-verdict-suspended-text = The issuing body has suspended it for now. Ask the issuing body before you accept it.
public-verdict-revoked = The document has been revoked
public-verdict-revoked-text = It was issued, and the issuing body revoked it later. Do not accept it.
public-verdict-valid-unchecked = The signature is good, but the document is not on this server
public-verdict-valid-unchecked-text = We could not find out whether it has been revoked. Ask the issuing body.
public-verdict-forged = The document is not genuine
public-verdict-forged-text = The content of the code was changed, or it was not signed by the issuing body. Do not accept this paper.
public-verdict-unknown = There is no document with this number or code
public-verdict-unknown-text = Check the number, or scan the code again. Do not accept the paper unless the issuing body confirms it.
public-verifier-name = Verify licences and certificates
public-verifier-short = Verify

# --- About
public-about-text = Shubbak is the one-stop window of local administration: you apply at a technological centre, departments examine the request without knowing whose it is, you follow it with a code on your slip, and anyone can verify the document that comes out.
public-about-licence = Licence
public-about-privacy = Your data
public-about-privacy-text = These pages use no tracking and contact no other sites. Personal data in requests is encrypted and does not appear on the tracking pages.
public-about-data = Sources of the data
public-about-guide = Service guide: prepared from laws, decisions and published pages; the source of each part is stated on the service page.
public-about-units = Names of local units are from the published administrative division, and some coordinates from
public-about-borders = Borders of governorates from
public-about-holidays = Public holidays: those announced; holidays that are expected are marked as expected.
public-about-parts = Components by others
public-about-parts-text = Files that reach your browser as their authors published them.
public-about-licence-texts = Full texts of the licences
public-about-part = Component

# --- Accessibility
public-access-text = These pages are made for everyone, following the Web Content Accessibility Guidelines WCAG 2.2 at level AA.
public-access-what = What you can expect
public-access-keyboard = Everything works with the keyboard alone, and you can always see where you are.
public-access-reader = Headings, fields and tables are named for screen readers, and errors are stated at the field and at the top of the page.
public-access-zoom = You can enlarge the page to 400% without losing anything, and it works on small phones.
public-access-colour = We do not rely on colour alone, and the contrast is enough for reading in sunlight.
public-access-script = Every page works without JavaScript; only scanning codes with the camera needs it.
public-access-digits = Digits are accepted in any form: Arabic-Indic or 012, with or without spaces.
public-access-slow = Pages are light and open on slow networks.
public-access-limits = What is not complete yet
public-access-limits-text = The Arabic text of PDF files is read in the right order, but the files are not fully tagged for screen readers. Ask the centre to read them to you.
public-access-tell = Tell us
public-access-tell-text = If something on these pages is difficult for you, call the helpline or ask the window clerk for help:

