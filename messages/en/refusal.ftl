# Why an action on a request was not accepted. Each text says what happened, then what to do.

refusal-not-found = There is no request with this number. Check the number on the request slip.
refusal-already-registered = This request has already been registered.
refusal-changed = The request changed after you opened this page. See what is new, then repeat the action if it is still needed.
refusal-over =
    { $status ->
        [closed] This request is finished and handed over. Nothing more can be done on it.
        [refused] This request was refused by decision. Nothing more can be done on it.
        [withdrawn] The applicant withdrew this request. Nothing more can be done on it.
        [voided] The registration of this request was voided. Nothing more can be done on it.
       *[other] This request is over. Nothing more can be done on it.
    }
refusal-not-reached = The request has not reached the step { $step }.
refusal-not-open =
    { $phase ->
        [done] The step { $step } has already been completed.
        [waiting] The request was sent back from the step { $step } to an earlier one, and returns to it when that is done.
        [skipped] The step { $step } does not apply to this request.
       *[other] The step { $step } is no longer open.
    }
refusal-halted =
    { $reason ->
        [completion] The step is stopped until the applicant supplies what is missing.
        [consult] The step is stopped until another department answers. You can withdraw the question.
       *[other] The step is stopped for now.
    }
refusal-taken-by-other = A colleague has taken this step. Ask them to complete it, or ask your manager to reassign it.
refusal-wrong-kind =
    { $kind ->
        [inspect] This is an inspection step: it is completed with the inspection report.
        [assess_fee] This is a fee-assessment step: it is completed by confirming the assessment.
        [pay] This is a payment step: it is completed by collecting the payment.
        [issue] This is an issuing step: it is completed by issuing the document.
        [handover] This is a hand-over step: it is completed by handing over at the window.
       *[other] This action does not belong to this step.
    }
refusal-needs-report = Record the inspection report first.
refusal-needs-sitting = A committee decides this step. Record the minutes of the sitting.
refusal-no-committee = No committee decides this step, so no sitting is recorded for it.
refusal-no-quorum =
    { $members ->
        [0] Enter the members present. At least { $quorum } members are needed.
        [one] You entered { $members } member. A sitting needs at least { $quorum } members.
       *[other] You entered { $members } members. A sitting needs at least { $quorum } members.
    }
refusal-date-from = Choose a date no earlier than { $from }.
refusal-date-to = Choose a date no later than { $to }.
refusal-date-between = Choose a date between { $from } and { $to }.
refusal-not-working-day = { $date } is not a working day here. Choose a working day.
refusal-text-missing =
    { $field ->
        [note] Write your note: a conditional approval or an opinion against needs an explanation.
        [reason] Write the reason.
        [question] Write the question.
        [answer] Write the answer.
        [text] Write the text.
        [items] Write the answer to each item, or attach its file.
        [decision] Enter the decision number.
        [reasons] Enter the reasons of the decision.
        [days] Choose at least one day.
        [sitting] Enter the sitting number.
        [checked] Choose the document with which you checked the identity of the recipient.
       *[other] Fill in what is missing.
    }
refusal-days-outside = Enter a number of days from 1 to { $most }.
refusal-papers-pending = Papers not supplied yet: { $docs }. Ask the applicant for them, or attach them.
refusal-consult-open = { $department } has not answered the question yet. Wait for the answer, or withdraw the question.
refusal-no-consult = There is no open question with this number.
refusal-no-department = { $department } cannot be asked. Choose another department.
refusal-nothing-missing = Choose at least one item.
refusal-unknown = “{ $code }” is not in the lists of this service.
refusal-nothing-asked = Nothing was asked for under this item, or it has already been supplied.
refusal-waiting-for-applicant = The applicant has until { $until } to supply what is missing. The request cannot be refused before then.
refusal-by-law = The legal time limit ended on { $due } without an answer, so the request counts as approved by law. It can no longer be refused or sent back for review; if a fault appears, the document can be revoked by a reasoned decision after it is issued.
refusal-limit-runs = The legal time limit has not ended yet; its last day is { $due }.
refusal-opinion-against = A request cannot be approved with an opinion against it. Refuse it by a reasoned decision, or send it back to an earlier step.
refusal-reason-missing = Choose at least one reason for refusal.
refusal-not-earlier = The step { $step } is not an earlier, completed step to which the request can be sent back.
refusal-paid-already = Fees were paid on the basis of this assessment, so it cannot be redone.
refusal-fees-unknown = The fees cannot be calculated before these are filled in: { $parts }.
refusal-wrong-amount = The amount due is { $due }, and the amount entered is { $given }.
refusal-unpaid = Fees not paid yet: { $due }.
refusal-not-issued = The document has not been issued yet.
refusal-already-handed-over = It has already been handed over.
refusal-no-agent = The applicant filed the request without an agent. Hand over to the applicant.
refusal-no-paper = No document with the number { $number } was issued for this request.
refusal-paper-stands =
    { $standing ->
        [revoked] The document has been revoked, and that is final.
        [suspended] The document is already suspended.
       *[other] The document is already valid.
    }
refusal-valid-too-long = The document cannot be valid beyond { $most }.
refusal-too-late-issued = The document has been issued, so the request can no longer be withdrawn or voided.
refusal-void-worked = Work on the request has begun. Only the centre manager can void it now.
refusal-void-late = { $minutes } minutes have passed since registration. Only the centre manager can void it now.
refusal-void-not-yours = In the first minutes the clerk who registered the request can void it, and after that the centre manager.
refusal-void-paid = An amount was paid on this request, so it cannot be voided.
refusal-not-accepting-from = Requests for this service are accepted from { $from }.
refusal-not-accepting-between = Requests for this service are accepted only from { $from } to { $to }.
refusal-wrong-applicant = This service is not for this kind of applicant.
refusal-wrong-channel = This service cannot be requested this way. Apply at the window.
refusal-personal-in-clear = “{ $field }” could not be saved: it is personal data and must be stored encrypted.
refusal-not-exact = The value of “{ $field }” is not an exact number.
refusal-condition = A condition of the service could not be evaluated at “{ $at }”. Tell the service guide editor.
refusal-nothing-changed = Nothing has changed.
refusal-not-provided =
    { $what ->
        [seat] No unit is assigned to one of the steps of this service. Tell the system supervisor.
        [calendar] No working days are recorded for one of the units. Tell the system supervisor.
       *[other] The action could not be completed. Try again, and tell the system supervisor if it happens again.
    }
refusal-parent-unknown = This governorate has no document numbered { $number }. Check the number on the licence, or type the number of the old paper licence as it stands.
refusal-parent-service = The licence comes from the service “{ $service }”, for which this service is not offered.
refusal-parent-stands =
    { $standing ->
        [suspended] The licence is suspended. The suspension is lifted first, then this request is made.
       *[other] The licence is revoked, so this request is not taken for it. Apply for a new licence.
    }
refusal-parent-superseded = This licence was replaced by number { $by }. Enter the newer number.
refusal-parent-expired = The licence expired on { $on }, and the time in which this request is taken after its end has passed.
refusal-parent-not-holder = The applicant is not the holder of this licence. The request is made in the holder’s name; an agent may come in their place.
refusal-parent-same-holder = The licence is in the applicant’s name already. A transfer is requested in the name of the new holder.
refusal-parent-busy = Another request about this licence, number { $number }, is under way. Wait for its decision or withdraw it first.
refusal-frozen = Licensing is suspended at this place by decision { $decision } of { $dated } until { $until }; requests for this service are not registered before it ends.
refusal-not-refused = Only a standing refusal can be objected to.
refusal-objection-open = An objection in this request is being looked at. Wait for its decision.
refusal-objection-heard = This decision was objected to before, and that was decided.
refusal-objection-late = The term for an objection ended on { $until }.
refusal-no-objection = No objection with this number is being looked at. Perhaps it was decided.
refusal-objection-own = Whoever refused does not decide on the objection. Whoever stands above or deputises does.
refusal-visit-near = The inspection is on { $date }. Another day can be asked for until the day before. Call the centre.
refusal-wished-again = You asked for another day for this inspection before. Call the centre.
refusal-too-many-days = Choose at most three days.
