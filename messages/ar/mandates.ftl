# التوكيلات والتمثيل، وتأكيد الحسابات في الشباك، ورسائل صاحب الحساب
mandates-messages = رسائلي
mandates-messages-intro = ما أرسلناه إليك عن طلباتك ومستنداتك. لا نحتفظ بنص الرسالة بعد إرسالها، ويبقى سطرها هنا أسبوعين.
mandates-messages-none = لا رسائل الآن
mandates-messages-none-text = تظهر هنا رسائل طلباتك حين يحدث فيها جديد. تأكد من صحة بياناتك لتصلك.
mandates-messages-gone = أُرسلت ولا نحتفظ بنصها
mandates-accounts = حسابات المواطنين
mandates-accounts-link = حساباته على الموقع
mandates-accounts-intro = اكتب الرقم القومي من البطاقة التي أمامك لتؤكد حساب صاحبها.
mandates-accounts-found = حسابات بهذا الرقم
mandates-accounts-none = لا حساب بهذا الرقم
mandates-accounts-none-text = يفتح المواطن حسابه بنفسه من الموقع، ثم تؤكده هنا.
mandates-account-confirm = أكد الحساب
mandates-account-confirm-effect = تظهر لصاحب هذا الحساب كل طلباته ومستنداته المسجلة في الشبابيك، بأي محمول كانت. طابق الاسم والرقم القومي على أصل البطاقة، وتأكد من أن المحمول معه.
mandates-account-confirm-button = رأيت البطاقة، أكد الحساب
mandates-account-confirm-done = أُكد حساب { $name }
mandates-account-confirmed-already = هذا الحساب مؤكد من قبل
mandates-noted = كل اطلاع على حساب أو توكيل يُسجل باسمك ووقته.
