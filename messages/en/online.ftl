# Applying from home, and the citizen's account
online-apply = Apply online
online-continue = Continue
online-service-page = Service page
online-service-ended = This service is no longer offered
online-not-online = This service is not offered online. Apply at the nearest centre.
online-not-for-persons = This service is not for individuals. Apply in the name of the company or body, from an account that represents it or at a centre.
online-only-between = Applications are taken from { $from } to { $to } only
online-begin-intro = Short steps. What you write is saved at every step.
online-begin-saved = You can stop and go on later on any device.
online-begin-papers = Photograph papers with your phone when they are asked for.
online-begin-submit = Start
online-waiting = You have an application that is not finished
online-saved-at = Last saved { $at }
online-resume = Go on
online-unit = Markaz, city or district
online-unit-hint = Where the place is for which you need the service
online-unit-missing = Choose the markaz, city or district
online-gone = This application is no longer there: it was sent, deleted, or its time (30 days) is over. Start a new one from the service page.
online-sent-already = You have sent this application. This is where it stands.
online-too-many = You have { $n } applications that are not sent. Send or delete one of them first.
online-elsewhere = This application was saved from another device a moment ago. Open the page again to see what was saved.
online-elsewhere-title = This application was saved from another device.
online-elsewhere-text = What is written here is not saved yet. Saved from the other device:
online-task-form = Details
online-task-form-n = Details: page { $n }
online-task-papers = Documents
online-task-papers-about = { $n ->
    [zero] No documents needed so far
    [one] One document needed
   *[other] { $n } documents needed
  }
online-state-done = Done
online-state-open = Not complete
online-state-new = Not started
online-changed = The service has changed since you started. We kept what you wrote; please answer:
online-again-here = This question has changed since you started; please answer it again:
online-kept-until = Last saved { $at }. Kept until { $until }.
online-form-title = Details: page { $n } of { $of }
online-point-hint = Latitude, then longitude, as phone maps show them
online-discard = Delete this application
online-discard-effect = Everything that you wrote and attached for “{ $service }” is deleted and cannot be brought back. It was not sent to anybody.
online-discard-submit = Delete
online-discarded = The application is deleted
online-papers-intro = Take a clear photo of each document or attach a PDF, up to 20 MB a file.
online-papers-store = Save attachments
online-file-of = Attach: { $paper }
online-file-there = Attached
online-file-remove = Remove
online-picture = Picture
online-file-size = { $kind }, { $n } KB
online-given = Use the one from request { $number } of { $date }
online-given-gone = The earlier file is no longer available. Attach it again.
online-later = I will bring the remaining documents later
online-later-hint = The request is registered with what you attached; the rest is asked for before it is decided
online-too-many-files = At most { $n } files for one document
online-paper-missing = Attach “{ $paper }”, or choose to bring the rest later
online-papers-open = Complete the documents first
online-check = Check your answers and send
online-who = Applicant
online-unanswered = Not answered
online-missing-later = Documents that you bring later:
online-fees-later = Assessed later:
online-fees-where = Pay at the window of any centre of the unit with the number of the request.
online-promised = If you send it now, it is decided at the latest on
online-declare = I declare that the details and documents are true, and answer for it by law
online-declare-missing = Declare that the details are true before you send
online-send = Send
online-not-ready = Some questions or documents are not complete.
online-sent = Your request is registered
online-sent-pin = PIN for tracking:
online-sent-next = We check your details and documents and tell you of every step. Keep the number.
online-new = Apply for a service
online-my-papers = My documents
online-drafts = Applications not sent
online-not-sent = Not sent
online-dues = To pay
online-requests = My requests
online-requests-none = No requests yet
online-requests-none-text = Choose a service from the guide and apply here.
online-due = due { $date }
online-todo-missing = { $n ->
    [one] One thing is needed from you
   *[other] { $n } things are needed from you
  }
online-papers-count = { $n ->
    [one] One document was issued to you
   *[other] { $n } documents were issued to you
  }
online-issued = Licences and certificates issued to you
online-issued-none = Nothing issued yet
online-issued-none-text = A licence or certificate appears here when it is issued, to download.
online-issued-on = Issued
online-of-request = Request
online-download = Download (in Arabic)
online-download-paper = Download the document (in Arabic)
online-given-title = Documents that you gave
online-given-none = Documents that you attach to requests appear here and are offered to you again.
online-paper-void = This document is revoked, suspended or replaced, and is not handed out.
online-slip = Request slip
online-supply = Send what is missing
online-supply-submit = Send
online-supplied = What you sent has arrived
online-supply-none = Nothing is missing now
online-withdraw = Withdraw the request
online-withdraw-reason = Reason
online-withdraw-effect = Work on “{ $service }” stops and the request is closed. If you need the service later, apply again.
online-withdraw-submit = Withdraw
online-withdrawn = The request is withdrawn
online-qr-title = Tracking code
online-qr-text = Whoever has this code sees the steps of the request, without your details.
online-track-page = Tracking page
online-views = Who opened your file
online-views-text = Role and place of who opened the file, and when
online-views-none = Nobody has opened the file yet
online-view-unknown = An officer
