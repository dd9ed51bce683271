# The operating guide: what stands around the chapters. The chapters themselves are in manual/src.

help-title = Operating guide
help-ask = Search the guide
help-searched = Search of the guide for “{ $q }”
help-none = Nothing in the guide about “{ $q }”
help-none-text = Try one word, or choose from the contents.
help-found = Results
help-nothing = Nothing in the guide with these words
help-own = Pages for your role
help-here = On this page
help-contents = Contents of the guide
help-turn = Previous and next page
help-only-arabic = The operating guide is written in Arabic. The names of buttons and screens in it are those of the Arabic interface.
