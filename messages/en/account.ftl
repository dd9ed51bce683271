# Citizens' accounts: signing in, details
account-title = My account
account-login-title = Sign in
account-login-intro = Sign in to apply from home and to follow your requests and documents. We send you a code by message; you need no password.
account-login-submit = Send the code
account-login-without = You have a slip and only want to know where your request stands? You need no account:
account-nid = National ID
account-nid-hint = 14 digits on the front of the card
account-nid-missing = Enter your national ID
account-mobile = Mobile number
account-mobile-hint = The mobile that receives the code
account-mobile-missing = Enter your mobile number
account-code-title = Enter the code
account-code-sent = We sent a six-digit code to your mobile ending in
account-code = Code
account-code-hint = Valid for ten minutes
account-code-missing = Enter the code you received
account-code-six = The code has six digits
account-code-wrong = { $n ->
    [one] The code is wrong. One try is left.
   *[other] The code is wrong. { $n } tries are left.
  }
account-code-submit = Sign in
account-code-again = No code arrived? Ask for another one
account-code-over = The code is no longer valid. Ask for a new one.
account-code-demo = Demonstration: messages are here and reach nobody
account-code-message = Your Shubbak sign-in code: { $code }. Give it to nobody.
account-wait = { $n ->
    [one] Too many tries. Try again in one second.
   *[other] Too many tries. Try again in { $n } seconds.
  }
account-open-title = Open your account
account-open-intro = This is the first time that this national ID and mobile sign in. Write your name as it stands on the card.
account-open-submit = Open the account
account-name = Name as on the card
account-name-hint = All four names if possible
account-name-missing = Write your name
account-email = E-mail
account-email-hint = To receive a copy of notices
account-email-wrong = Write a valid address, such as name@example.com
account-settings-title = My details
account-settings-submit = Save
account-details-title = Name and contact
account-changed = Your details are saved
account-state = State of the account
account-confirmed = Confirmed
account-unconfirmed = Not confirmed
account-unconfirmed-text = You see the requests sent from this account, and those that a window registered for you with this mobile. To see all earlier ones, show your card once at any centre and ask to have your account confirmed.
account-refused-name = Write at least two names
account-refused-none = There is no such account
account-refused-confirmed-elsewhere = Another account of this national ID, with another mobile, is confirmed
account-demo-title = Demonstration accounts
account-demo-enter = Sign in
