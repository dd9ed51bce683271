# لماذا لم يُقبل الإجراء على الطلب. كل رسالة تقول ما حدث، ثم ما العمل.

refusal-not-found = لا يوجد طلب بهذا الرقم. راجع الرقم في إيصال الاستلام.
refusal-already-registered = هذا الطلب مقيد من قبل.
refusal-changed = تغيّر الطلب بعد أن فتحت هذه الصفحة. راجع ما استجد ثم أعد الإجراء إن كان ما زال مطلوبًا.
refusal-over =
    { $status ->
        [closed] انتهى هذا الطلب وسُلّم، ولا إجراء عليه بعد ذلك.
        [refused] صدر قرار برفض هذا الطلب، ولا إجراء عليه بعد ذلك.
        [withdrawn] سحب مقدم الطلب طلبه، ولا إجراء عليه بعد ذلك.
        [voided] أُلغي قيد هذا الطلب، ولا إجراء عليه بعد ذلك.
       *[other] انتهى هذا الطلب، ولا إجراء عليه بعد ذلك.
    }
refusal-not-reached = لم يصل الطلب إلى المرحلة { $step }.
refusal-not-open =
    { $phase ->
        [done] أُنجزت المرحلة { $step } من قبل.
        [waiting] أُعيد الطلب من المرحلة { $step } إلى مرحلة سابقة، وسيرجع إليها بعد إنجازها.
        [skipped] المرحلة { $step } لا تنطبق على هذا الطلب.
       *[other] المرحلة { $step } لم تعد مفتوحة.
    }
refusal-halted =
    { $reason ->
        [completion] المرحلة موقوفة في انتظار استيفاء من مقدم الطلب.
        [consult] المرحلة موقوفة في انتظار رد إدارة أخرى. يمكنك العدول عن السؤال.
       *[other] المرحلة موقوفة الآن.
    }
refusal-taken-by-other = استلم زميل هذه المرحلة. اطلب منه إنجازها، أو اطلب من رئيسك إعادة توزيعها.
refusal-wrong-kind =
    { $kind ->
        [inspect] هذه مرحلة معاينة: تُنجز بتقرير المعاينة.
        [assess_fee] هذه مرحلة تقدير رسوم: تُنجز باعتماد التقدير.
        [pay] هذه مرحلة سداد: تُنجز بالتحصيل.
        [issue] هذه مرحلة إصدار: تُنجز بإصدار المحرر.
        [handover] هذه مرحلة تسليم: تُنجز بالتسليم على الشباك.
       *[other] هذا الإجراء لا يخص هذه المرحلة.
    }
refusal-needs-report = سجّل تقرير المعاينة أولًا.
refusal-needs-sitting = هذه المرحلة تبت فيها لجنة. سجّل محضر الجلسة.
refusal-no-committee = هذه المرحلة لا تتبع لجنة، فلا تُسجل لها جلسة.
refusal-no-quorum =
    { $members ->
        [zero] سجّل أعضاء الجلسة. الحد الأدنى { $quorum } أعضاء.
        [one] سجّلت عضوًا واحدًا. الحد الأدنى لانعقاد الجلسة { $quorum } أعضاء.
        [two] سجّلت عضوين. الحد الأدنى لانعقاد الجلسة { $quorum } أعضاء.
       *[other] سجّلت { $members } أعضاء. الحد الأدنى لانعقاد الجلسة { $quorum } أعضاء.
    }
refusal-date-from = اختر تاريخًا لا يسبق { $from }.
refusal-date-to = اختر تاريخًا لا يتأخر عن { $to }.
refusal-date-between = اختر تاريخًا بين { $from } و{ $to }.
refusal-not-working-day = يوم { $date } ليس يوم عمل في هذه الجهة. اختر يوم عمل.
refusal-text-missing =
    { $field ->
        [note] اكتب ملاحظتك: الموافقة بشروط أو الرأي المخالف يحتاج إلى بيان.
        [reason] اكتب السبب.
        [question] اكتب السؤال.
        [answer] اكتب الرد.
        [text] اكتب النص.
        [items] اكتب الرد على كل بند أو أرفق ملفه.
        [decision] اكتب رقم القرار.
        [sitting] اكتب رقم الجلسة.
        [checked] اختر المستند الذي تحققت به من شخصية المتسلم.
       *[other] أكمل البيان الناقص.
    }
refusal-days-outside = أدخل عدد أيام من 1 إلى { $most }.
refusal-papers-pending = مستندات لم تُقدم بعد: { $docs }. اطلب استيفاءها أو أرفقها.
refusal-consult-open = لم ترد { $department } على السؤال بعد. انتظر الرد أو اعدل عن السؤال.
refusal-no-consult = لا يوجد سؤال مفتوح بهذا الرقم.
refusal-no-department = لا يمكن سؤال { $department }. اختر إدارة أخرى.
refusal-nothing-missing = اختر بندًا واحدًا على الأقل.
refusal-unknown = «{ $code }» ليس من قوائم هذه الخدمة.
refusal-nothing-asked = لا يوجد استيفاء مطلوب لهذا البند، أو قُدم من قبل.
refusal-waiting-for-applicant = أمام مقدم الطلب مهلة حتى { $until } للاستيفاء. لا يُرفض الطلب قبل انقضائها.
refusal-by-law = انقضت المدة القانونية في { $due } دون رد، فاعتُبر الطلب مقبولًا بقوة القانون. لا يُرفض بعدها ولا يُعاد للمراجعة؛ وإن ظهرت مخالفة فسبيلها قرار مسبب بإلغاء المحرر بعد صدوره.
refusal-limit-runs = لم تنقض المدة القانونية بعد؛ آخر يوم فيها { $due }.
refusal-opinion-against = لا يُعتمد الطلب برأي مخالف. ارفضه بقرار مسبب أو أعده إلى مرحلة سابقة.
refusal-reason-missing = اختر سببًا واحدًا على الأقل من أسباب الرفض.
refusal-not-earlier = المرحلة { $step } ليست مرحلة سابقة منجزة يمكن الإعادة إليها.
refusal-paid-already = سُددت رسوم على أساس هذا التقدير، فلا يعاد تقديرها.
refusal-fees-unknown = لا يمكن حساب الرسوم قبل استكمال بيانات: { $parts }.
refusal-wrong-amount = المبلغ المستحق { $due }، والمبلغ المُدخل { $given }.
refusal-unpaid = رسوم لم تُسدد بعد: { $due }.
refusal-not-issued = لم يصدر المحرر بعد.
refusal-already-handed-over = سبق التسليم.
refusal-no-agent = الطلب مقدم من صاحبه دون وكيل. سلّم لصاحب الطلب.
refusal-no-paper = لم يصدر عن هذا الطلب محرر رقم { $number }.
refusal-paper-stands =
    { $standing ->
        [revoked] المحرر ملغى، والإلغاء نهائي.
        [suspended] المحرر موقوف من قبل.
       *[other] المحرر سارٍ من قبل.
    }
refusal-valid-too-long = لا يجوز أن يسري المحرر بعد { $most }.
refusal-too-late-issued = صدر المحرر، فلا يُسحب الطلب ولا يُلغى قيده.
refusal-void-worked = بدأ العمل على الطلب. إلغاء القيد الآن من اختصاص مدير المركز.
refusal-void-late = انقضت { $minutes } دقيقة على القيد. إلغاء القيد الآن من اختصاص مدير المركز.
refusal-void-not-yours = يلغي القيد من سجّله خلال الدقائق الأولى، وبعدها مدير المركز.
refusal-void-paid = سُدد مبلغ على هذا الطلب، فلا يُلغى قيده.
refusal-not-accepting-from = يبدأ قبول طلبات هذه الخدمة من { $from }.
refusal-not-accepting-between = تُقبل طلبات هذه الخدمة من { $from } إلى { $to } فقط.
refusal-wrong-applicant = هذه الخدمة ليست لهذا النوع من مقدمي الطلبات.
refusal-wrong-channel = هذه الخدمة لا تُقدم بهذه الطريقة. التقديم على الشباك.
refusal-personal-in-clear = تعذر حفظ «{ $field }»: البيان شخصي ويجب أن يُحفظ مشفّرًا.
refusal-not-exact = قيمة «{ $field }» ليست رقمًا مضبوطًا.
refusal-condition = تعذر تقييم شرط في الخدمة عند «{ $at }». أبلغ مسؤول دليل الخدمات.
refusal-nothing-changed = لم يتغير شيء.
refusal-not-provided =
    { $what ->
        [seat] لا توجد جهة معيّنة لإحدى مراحل هذه الخدمة. أبلغ مشرف النظام.
        [calendar] لا توجد أيام عمل مسجلة لإحدى الجهات. أبلغ مشرف النظام.
       *[other] تعذر إتمام الإجراء. أعد المحاولة، فإن تكرر أبلغ مشرف النظام.
    }
