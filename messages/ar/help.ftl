# دليل التشغيل: ما حول الفصول. الفصول نفسها في manual/src.

help-title = دليل التشغيل
help-ask = ابحث في الدليل
help-searched = البحث في الدليل عن «{ $q }»
help-none = لا شيء في الدليل عن «{ $q }»
help-none-text = جرّب كلمة واحدة، أو اختر من الفهرس.
help-found = نتائج البحث
help-nothing = لا شيء في الدليل بهذه الكلمات
help-own = صفحات دورك
help-here = في هذه الصفحة
help-contents = فهرس الدليل
help-turn = الصفحة السابقة والتالية
help-only-arabic = دليل التشغيل مكتوب بالعربية.
