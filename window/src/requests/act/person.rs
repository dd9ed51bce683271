//! Erasing an applicant (محو بيانات مقدم الطلب), which the registry does and the requests must allow.

use record::RecordError;
use registry::citizens::{self, Erasure, Refusal};

use super::ActError;
use crate::Office;
use crate::requests::store;

/// Erases somebody's data, unless a request of theirs is under way: nobody could be told of it, and
/// no paper could be made out.
///
/// # Errors
/// [`ActError::Applicant`] with [`Refusal::UnderWay`]; what [`citizens::erase`] refuses.
pub async fn erase(office: &Office, erasure: Erasure) -> Result<(), ActError> {
    let (record, at) = (office.record.clone(), office.clock.now());
    let outcome = office
        .db
        .write(move |tx| {
            let (record, erasure) = (record.clone(), erasure.clone());
            Box::pin(async move {
                if store::is_under_way(tx, erasure.place.tenant(), erasure.person).await? {
                    return Err(ActError::Applicant(Refusal::UnderWay));
                }
                Ok(citizens::erase_in(tx, &record, &erasure, at).await?)
            })
        })
        .await;
    match outcome {
        // The same form again.
        Err(ActError::Record(RecordError::Repeated(_))) => Ok(()),
        other => other,
    }
}
