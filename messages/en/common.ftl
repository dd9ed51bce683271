# Texts shared by all pages: shell, forms, fields, tables and error pages.

# --- Shell
common-skip = Skip to main content
common-main-nav = Main navigation
common-where = Where you are on this site
common-home = Home
common-services = Service guide
common-centres = Find a centre
common-track = Track a request
common-verify = Verify a licence
common-account = My account
common-login = Staff sign-in
common-logout = Sign out
common-signed-in-as = { $name }
common-help = Help
common-help-line = Helpline
common-accessibility = Accessibility statement
common-about = About and licences
common-version = Version
common-demo = Demonstration copy: all names and numbers here are invented, and no document it issues is valid.
common-title-error = Error:
common-new-tab = opens in a new tab

# --- Actions
common-continue = Continue
common-back = Back
common-save = Save
common-cancel = Cancel
common-change = Change
common-search = Search
common-print = Print
common-undo = Undo
common-delete-row = Delete row
common-add-row = Add a row
common-export-csv = Download CSV
common-export-xlsx = Download Excel
common-waiting = Sending…
common-close = Close
common-keys = Keyboard shortcuts
common-unsaved = You have unsaved changes. Do you want to leave?
common-details = Details

# --- Forms
common-errors-title = Check the following, then send again
common-optional = optional
common-choose = Choose
common-yes = Yes
common-no = No
common-day = Day
common-month = Month
common-year = Year
common-latitude = Latitude
common-longitude = Longitude
common-use-location = Use my current location
common-location-denied = The device did not allow its location to be used. Type the coordinates, or choose the place from the list.
common-location-accuracy = Accuracy in metres:
common-file-hint = A photo or a PDF file, up to 20 MB
common-address-building = Building number
common-address-street = Street
common-address-village = Village or neighbourhood
common-address-landmark = Landmark
common-row = Row { $n }
common-show-password = Show password
common-pounds = EGP
common-square-metres = m²
common-metres = m
common-national-id-hint = 14 digits, as on the identity card
common-mobile-hint = 11 digits starting with 010, 011, 012 or 015
common-nid-male = Male
common-nid-female = Female
common-nid-born = born
common-nid-length = The national ID has 14 digits
common-nid-wrong = Check the national ID: the date of birth or the governorate is not valid
common-nid-check = The check digit does not match the other digits. Check the card; you can continue if the number is right.

# --- Time limits and states
common-working-days =
    { $n ->
        [0] Less than a working day
        [one] { $n } working day
       *[other] { $n } working days
    }
common-days-left =
    { $n ->
        [0] Last day today
        [one] { $n } working day left
       *[other] { $n } working days left
    }
common-days-late =
    { $n ->
        [one] { $n } working day late
       *[other] { $n } working days late
    }
common-calendar-days =
    { $n ->
        [0] The same day
        [one] { $n } day
       *[other] { $n } days
    }
common-calendar-left =
    { $n ->
        [0] Last day today
        [one] { $n } day left
       *[other] { $n } days left
    }
common-calendar-late =
    { $n ->
        [one] Ended yesterday
       *[other] Ended { $n } days ago
    }
common-paused = Clock stopped

# --- Legal time limits and what their passing means
law-title = Legal time limit
law-whole = Decision on the request
law-on-list = Last day by law
law-silence-approved = If there is no answer by then, the request counts as approved
law-silence-refused = If there is no answer by then, the request counts as refused
law-silence-in-principle = If there is no answer by then, the request counts as accepted in principle
law-silence-closure = If the conditions are not met by then, the place may be closed by decision
law-silence-lapses = If nothing is paid by then, the acceptance lapses
law-silence-none = Its passing has no legal effect
law-soon = The legal time limit ends at the end of { $date }: { $effect }.
law-held = Time spent waiting for the applicant does not count as silence of the office: the passing of this limit has no effect until the applicant has supplied or paid what is due.
law-ground = { $law }, articles: { $articles }
law-ground-none = Service guide
law-passed-approved = The request counts as approved by law, because the legal time limit ({ $days }) ended on { $date } without a decision. Legal basis: { $ground }.
law-passed-refused = The request counts as refused by law, because the legal time limit ({ $days }) ended on { $date } without a decision. Legal basis: { $ground }. The applicant may appeal within the periods set by law.
law-passed-in-principle = The request counts as accepted in principle by law, because the legal time limit ({ $days }) ended on { $date } without a decision. Legal basis: { $ground }.
law-passed-closure = “{ $label }” ({ $days }) ended on { $date } without the conditions being met, and the place may be closed by decision. Legal basis: { $ground }.
law-passed-lapses = The period for completing the payment ({ $days }) ended on { $date } without payment, so the acceptance lapsed by law. Legal basis: { $ground }. The request is closed by a reasoned decision.
law-passed-none = The legal time limit ({ $days }) ended on { $date } before the work was complete. This has no legal effect, and the request goes on. Legal basis: { $ground }.
law-passed-step = “{ $label }” counts as an approval by law, because the legal time limit ({ $days }) ended on { $date } without an answer. Legal basis: { $ground }.
law-next-approved = This alone issues no document: fees that are due are paid and missing papers supplied, then the officer issues it without the remaining reviews. The applicant must still keep to the conditions.
law-next-in-principle = The request moves on past the decision in principle: the inspection fee is paid, then the site is inspected. The licence is issued only when the conditions are met.
law-next-step = The other steps go on as usual.
law-tag-approved = Approved by law
law-tag-refused = Refused by law
law-tag-in-principle = Accepted in principle by law
law-tag-closure = Time to comply has ended
law-tag-lapses = Acceptance lapsed
law-tag-none = Legal time limit ended
common-due = Due
common-step-done = Done
common-step-now = Now
common-step-next = Later
common-step-skipped = Not needed

# --- Tables and lists
common-pages = Pages
common-page-next = Next
common-page-previous = Previous
common-page-of = Page { $n }
common-sort-up = sorted ascending
common-sort-down = sorted descending
common-confirm-effect = What will happen

# --- Error pages
error-reference = Reference number of the problem
error-reference-hint = Give this number if you call the helpline.
error-way-home = Go to the home page
error-way-back = Go back to the previous page and try again
error-way-login = Sign in
error-form-expired = This page has been open for a long time. Go back to the form, refresh the page and send it again.
error-bad-request-title = The link or the data could not be understood
error-bad-request-text = Check the link you opened, or start from the home page.
error-sign-in-title = Sign in first
error-sign-in-text = Your session has ended, or you have not signed in yet. Your saved drafts are not lost.
error-forbidden-title = You do not have access to this page
error-forbidden-text = If this is part of your work, ask the system supervisor of your unit for access.
error-not-found-title = Page not found
error-not-found-text = The page may have moved, or the link may be mistyped.
error-method-title = This link cannot be opened directly
error-method-text = This link receives a form. Start from the page with the form.
error-timed-out-title = The request took too long
error-timed-out-text = Try again in a moment. Sending the same form again does not repeat the action.
error-conflict-title = Someone else changed this first
error-conflict-text = The data changed after you opened the page, and your action was not saved. Open the file again and see what changed.
error-gone-title = This is no longer available
error-gone-text = If you came from an old link, ask for a new one.
error-too-large-title = The file is too large
error-too-large-text = The limit is { $n } MB. Make the file smaller or take the photo at a lower resolution, then send it again.
error-unsupported-title = This type of file is not accepted
error-unsupported-text = Accepted types: JPEG, PNG or WebP images, or a PDF file.
error-unprocessable-title = We could not accept the data
error-unprocessable-text = Check the data and send again.
error-too-many-title = Too many attempts in a short time
error-too-many-text =
    { $n ->
        [0] Try again now.
        [one] Try again in { $n } second.
       *[other] Try again in { $n } seconds.
    }
error-unavailable-title = The service is temporarily unavailable
error-disk-full = The server has no disk space left, so nothing was saved. Tell the system operator, then try again.
error-database-busy = The database is busy with other work, so nothing was saved. Try again in a minute.
error-database-away = The database could not be reached, so nothing was saved. Try again in a few minutes.
error-unavailable-text = Nothing was saved. Try again in a few minutes.
error-internal-title = Something went wrong in the system
error-internal-text = The problem has been recorded and will be looked at. Nothing was saved in part.

# --- Verifying a document by its code (works offline)
verifier-code = Content of the QR code
verifier-code-hint = Point the camera or the scanner at the code printed on the document, or paste its content here.
verifier-check = Verify
verifier-camera = Scan the code with the camera
verifier-camera-denied = The device did not allow the camera to be used. Paste the content of the code into the box.
verifier-valid = The document is genuine and valid
verifier-valid-text = The signature is good, and the document had not been revoked as of the latest list:
verifier-old = The signature is good, but the revocation list is old
verifier-old-text = What we know of the document is from the date below; verify again when you are online:
verifier-unchecked = The signature is good, but revocation could not be checked
verifier-unchecked-text = Verify again when you are online, to be sure that the document has not been revoked.
verifier-expired = The document has expired
verifier-expired-text = The document is genuine, but it expired on the date below.
verifier-not-yet = The document is not valid yet
verifier-not-yet-text = Check the date of this device. If it is right, do not accept the document.
verifier-revoked = The document has been revoked
verifier-revoked-text = The document was issued, and the issuing body revoked it later. Do not accept it.
verifier-suspended = The document is suspended
verifier-suspended-text = The issuing body has suspended it for now. Ask the issuing body before you accept it.
verifier-superseded = A newer document has replaced this one
verifier-superseded-text = Ask the holder for the newer document.
verifier-unknown = We do not recognise this document
verifier-unknown-text = The code was not issued by this system, or its content was changed. Do not accept the paper unless the issuing body confirms it.
verifier-unsigned = The code is incomplete
verifier-unsigned-text = It cannot be verified offline. Scan the whole code, or try again when you are online.
verifier-no-keys = Go online once first
verifier-no-keys-text = Open this page while the device is online, to download the list of issuing bodies. After that you can verify offline.
verifier-type = Type of document
verifier-number = Number
verifier-holder = Holder
verifier-request = Request number
verifier-slip = Payment slip number
verifier-last4 = Last four digits of the national ID
verifier-place = Place
verifier-issued = Issued on
verifier-expires = Valid until
verifier-no-end = No expiry date
verifier-type-1 = Licence
verifier-type-2 = Building works permit
verifier-type-3 = Certificate
verifier-type-4 = Approval
verifier-type-5 = Payment receipt
verifier-type-6 = Letter
verifier-type-7 = Notice
verifier-figure-1 = Area in square metres
verifier-figure-2 = Number of floors
verifier-figure-3 = Height in metres
verifier-figure-4 = Length in metres
verifier-figure-5 = Amount in Egyptian pounds
verifier-figure-6 = Number of units
verifier-figure-7 = Number of basement floors
verifier-figure-8 = Total built area in square metres
verifier-figure-9 = Number of people
