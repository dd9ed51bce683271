# Queue and appointments: ticket, window, hall screens, booking, the hall's manager.

# --- classes and priorities
queue-class = Service needed
queue-class-new = New request
queue-class-supply = Missing documents
queue-class-pay = Pay fees
queue-class-receive = Collect a licence or paper
queue-class-ask = Enquiry
queue-priority = Priority
queue-priority-none = No priority
queue-priority-none-me = No, an ordinary ticket
queue-priority-elderly = Aged 60 or over
queue-priority-disabled = Person with a disability
queue-priority-pregnant = Pregnant
queue-priority-appointment = Appointment
queue-priority-wrong = Enter minutes from 0 to 120.

# --- waiting
queue-live-closed = Closed now
queue-live-empty = Nobody is waiting
queue-live = { $waiting }, { $minutes }
queue-live-waiting =
    { $n ->
        [0] Nobody is waiting
        [one] 1 person is waiting
       *[other] { $n } people are waiting
    }
queue-live-minutes =
    { $n ->
        [0] no wait
        [one] about 1 minute
       *[other] about { $n } minutes
    }
queue-live-at = Worked out at { $time }
queue-live-title = Waiting now
queue-minutes =
    { $n ->
        [0] under a minute
        [one] 1 minute
       *[other] { $n } minutes
    }
queue-minute-unit = minutes
queue-day-unit = days
queue-ahead =
    { $n ->
        [0] You are next
        [one] 1 person before you
       *[other] { $n } people before you
    }

# --- ticket
queue-ticket = Ticket
queue-your-number = Your number
queue-ticket-qr = Scan to follow your turn on your phone
queue-ticket-pdf = Ticket as PDF
queue-follow = Follow your turn
queue-go-to = Go to window { $n } now
queue-state-waiting = Waiting
queue-state-called = You are called
queue-state-serving = At the window
queue-state-served = Served
queue-state-missed = Called, did not come
queue-state-cancelled = Cancelled
queue-state-over = Its day is over
queue-cancel-title = Not waiting any longer?
queue-cancel-text = If you cancel your ticket, your number will not be called.
queue-cancel = Cancel my ticket
queue-cancelled = Your ticket is cancelled.

# --- kiosk
queue-kiosk-title = Ticket screen
queue-kiosk-what = What do you need?
queue-kiosk-priority = Do you have priority?
queue-kiosk-booked = I have an appointment
queue-kiosk-take = Take your ticket
queue-kiosk-done = Done
queue-kiosk-closed = The centre is closed now
queue-kiosk-closed-text = Tickets are given in working hours, or while a window is open.
queue-kiosk-unknown = This device is no ticket screen
queue-kiosk-unknown-text = Ask at the reception for a ticket. To make this device a ticket screen, the centre manager signs in from this page and enrols it.
queue-kiosk-enrol = Enrol this device
queue-kiosk-enrol-text = This device becomes a ticket screen of this centre, and you are signed out by itself.
queue-kiosk-name = Name of the device
queue-kiosk-name-hint = For example: entrance screen
queue-kiosk-name-missing = Enter a name for the device.
queue-kiosk-withdraw = Withdraw
queue-kiosk-withdrawn = The device is withdrawn.
queue-kiosks-title = Ticket screens
queue-kiosks-text = Open the ticket screen's page on the device itself and enrol it there.
queue-kiosks-none = No screen is enrolled yet.

# --- hall screens
queue-hall-title = Hall screen
queue-hall-none = Nobody has been called yet
queue-hall-call = Number { $number }, window { $n }

# --- window
queue-nav = Queue
queue-title = Window queue
queue-sit-first = Choose your window first to call those who wait.
queue-window-free = Nobody is at the window
queue-calls =
    { $n ->
        [one] called once
       *[other] called { $n } times
    }
queue-waited = waited { $time }
queue-next = next
queue-longest = longest wait { $time }
queue-do-next = Call next
queue-do-call = Call next
queue-do-recall = Call again
queue-do-miss-call = Absent, call next
queue-do-end-call = End and call next
queue-do-end = End service
queue-do-begin = Came, begin service
queue-do-intake = Came, new request
queue-do-again = Call again
queue-do-miss = Did not come
queue-do-open = Open the window
queue-do-close = Close the window
queue-called = { $number } is called to window { $n }.
queue-list = Waiting, in order of turn
queue-wait = Wait
queue-none = Nobody is in the queue
queue-none-text = Tickets appear here when they are taken at the ticket screen or given out on this page.
queue-pick-title = Call out of turn
queue-pick-text = The order is fair and calculated. Whoever calls out of turn records a reason that the centre manager sees.
queue-pick-reason = Reason
queue-pick-reason-hint = For example: came back after being called
queue-pick-missing = Choose the ticket.
queue-pick = Call this ticket
queue-move-title = Transfer the ticket
queue-move-to = To
queue-move-reason = Reason
queue-move = Transfer
queue-give-title = Give a ticket
queue-give = Give the ticket
queue-booking-number = Appointment number
queue-booking-number-hint = Six digits that you got when booking
queue-booking-number-desk = For who comes by appointment; else leave it empty
queue-booking-unknown = No appointment has this number today at this centre.
queue-bookings-today = Appointments today
queue-bookings-none = No appointments.
queue-bookings-coming = Appointments today and tomorrow

# --- booking
queue-book-title = Book an appointment
queue-book-service = Service
queue-book-service-unknown = Choose a service from the list.
queue-book-day = Choose the day
queue-book-hour = Time
queue-book-hour-missing = Choose the time.
queue-book-day-gone = No appointments are free on this day. Choose another.
queue-book-no-days = No appointments are free now
queue-book-no-days-text = New days open every day. You can also come and take a ticket.
queue-book-full = fully booked
queue-book-near = Nearest free times:
queue-book-mobile = Mobile number
queue-book-mobile-hint = To remind you
queue-book-mobile-wrong = Enter an Egyptian mobile number of 11 digits.
queue-book-privacy = Your number is kept encrypted and erased some time after the appointment.
queue-book-send = Book the appointment
queue-book-closed-text = You can come in working hours and take a ticket.
queue-book-when = Appointment
queue-book-centre = Place
queue-free =
    { $n ->
        [0] no places
        [one] 1 place
       *[other] { $n } places
    }
queue-when = { $day } at { $time }
queue-booking-title = Your appointment
queue-booking-new = Your appointment is booked. Keep or print this page.
queue-booking-keep = Give this number at the ticket screen or the reception.
queue-booking-qr = Scan to come back to your appointment
queue-booking-come = Come up to a quarter of an hour before and take your ticket. A quarter of an hour after it the priority is lost.
queue-booking-bring = Documents to bring
queue-booking-booked = Booked
queue-booking-arrived = Came
queue-booking-missed = Did not come
queue-booking-cancelled = Cancelled
queue-booking-cancel = Cancel the appointment
queue-booking-cancel-effect = The appointment on { $when } is cancelled and its place is free for others.
queue-booking-given-up = Your appointment is cancelled.
queue-booking-move = Change the appointment
queue-booking-moved = Your appointment has changed. Its new number is below.
queue-booking-now = Your appointment now: { $when }
queue-booking-again = Book another appointment

# --- hall manager
queue-admin-nav = The hall now
queue-admin-none = You follow no centre
queue-admin-none-text = Ask the system supervisor for a centre.
queue-open = Open
queue-now-waiting = waiting now
queue-now-longest = longest wait
queue-now-windows = windows calling
queue-now-served = served today
queue-now-wait = average wait
queue-now-serve = average service
queue-now-missed = did not come
queue-now-given-up = gave up
queue-now-picked = out of turn
queue-by-hour = Today by hour
queue-hour = From
queue-hour-taken = Tickets
queue-priorities-title = Priority minutes
queue-priorities-text = By how many minutes a priority goes before the time of arrival. It does not go before who has waited longer, so nobody waits for ever.
queue-priorities-set = Priorities are saved.
queue-appointments-title = Appointments
queue-appointments-text = Slots follow the windows' hours; there are none on holidays.
queue-appointments-open = The centre takes appointments
queue-appointments-length = Length of a slot
queue-appointments-capacity = Places in a slot
queue-appointments-capacity-hint = For all services without places of their own below
queue-appointments-ahead = Bookable ahead
queue-appointments-lines = Places of a service of its own
queue-appointments-lines-hint = A service code and its places in each line, for example: BLD-02 1
queue-appointments-lines-wrong = The line “{ $line }” is not clear. Enter a service code and its places.
queue-appointments-set = Appointments are saved.
queue-number-wrong = Enter a whole number.

# --- refusals
queue-conflict = Somebody changed this after you opened the page. Open it again to see what changed.
queue-refused-state = The ticket has changed. Open the page again.
queue-refused-reason = Enter why it is called out of turn.
queue-refused-nobody = Nobody is waiting for this window now.
queue-refused-busy = End the ticket at your window first.
queue-refused-closed = The centre is closed now.
queue-refused-kiosk = This device is no ticket screen of this centre.
queue-refused-class = Choose the service needed.
queue-refused-full = This appointment was booked a moment before you. Choose another.
queue-refused-slot = This appointment is not available. Choose one from the list.
queue-refused-bookings = This centre takes no appointments now
queue-refused-once = This number has an open appointment for this service at this centre.
queue-refused-many = This number has three open appointments. Cancel one to book another.
queue-refused-blocked = Three appointments of this number were missed. It can book from { $day }; you can also come without an appointment.
queue-refused-over = This appointment is over or cancelled. You can take a ticket without one.
queue-refused-early = You are early. The ticket is given from a quarter of an hour before.
queue-refused-range = The value is out of range.
