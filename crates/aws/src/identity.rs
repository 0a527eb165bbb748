use aws_config::SdkConfig;

use crate::AwsError;

/// Who AWS takes us for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The twelve-digit account.
    pub account: String,
    /// The user or role, as an ARN.
    pub arn: String,
}

/// Asks who we are: free of charge, needs no permission.
///
/// # Errors
/// [`AwsError`] where the credentials are missing, wrong or expired, or AWS cannot be reached.
pub async fn identity(config: &SdkConfig) -> Result<Identity, AwsError> {
    let answer = aws_sdk_sts::Client::new(config)
        .get_caller_identity()
        .send()
        .await
        .map_err(AwsError::from_call("sts:GetCallerIdentity"))?;
    match (answer.account, answer.arn) {
        (Some(account), Some(arn)) => Ok(Identity { account, arn }),
        _ => Err(AwsError::BadAnswer(
            "GetCallerIdentity names no account".into(),
        )),
    }
}
