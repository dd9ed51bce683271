# Mandates and representation, confirming accounts at the window, the holder's messages
mandates-messages = My messages
mandates-messages-intro = What we sent you about your requests and documents. The text of a message is not kept once it is sent; its line stays here for two weeks.
mandates-messages-none = No messages now
mandates-messages-none-text = Messages about your requests appear here when something happens to them. Check that your details are right so that they reach you.
mandates-messages-gone = Sent; its text is not kept
mandates-accounts = Citizens' accounts
mandates-accounts-link = Accounts on the site
mandates-accounts-intro = Type the national ID from the card in front of you to confirm its holder's account.
mandates-accounts-found = Accounts with this number
mandates-accounts-none = No account with this number
mandates-accounts-none-text = Citizens open their account themselves on the site; then you confirm it here.
mandates-account-confirm = Confirm the account
mandates-account-confirm-effect = The holder of this account will see all their requests and documents recorded at windows, whatever mobile they gave. Compare name and national ID with the card itself, and make sure that they have the mobile with them.
mandates-account-confirm-button = I saw the card, confirm the account
mandates-account-confirm-done = The account of { $name } is confirmed
mandates-account-confirmed-already = This account is confirmed already
mandates-noted = Each look at an account or a mandate is recorded with your name and the time.
