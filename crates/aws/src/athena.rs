//! Queries that run in the customer's Athena, over exports that are too large to fetch.
//!
//! A query runs in a workgroup that cuts it off at a number of bytes: what was announced is the most
//! that it can cost. The caller brings the statements; here they are only run.

use std::ops::ControlFlow;
use std::time::Duration;

use aws_config::{Region, SdkConfig};
use aws_sdk_athena::Client;
use aws_sdk_athena::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_athena::operation::get_work_group::GetWorkGroupError;
use aws_sdk_athena::types::{
    QueryExecution, QueryExecutionContext, QueryExecutionState, ResultConfiguration,
    WorkGroupConfiguration,
};

use crate::AwsError;
use crate::exports::{Bucket, Object};

/// Where queries run and where their answers go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The region of the export's bucket.
    pub region: String,
    /// The workgroup; one called [`OWN_WORKGROUP`] is made if it is not there.
    pub workgroup: String,
    /// The database that tables are made in.
    pub database: String,
    /// Where answers are written, such as `s3://bucket/prefix/`.
    pub output: String,
    /// The bytes at which a query is cut off.
    pub most_bytes: u64,
}

/// The workgroup that this program makes for itself.
pub const OWN_WORKGROUP: &str = "tallyport";
/// The least that a workgroup can cut off at.
const LEAST_CUTOFF: u64 = 10_000_000;
/// How long to wait before asking again; it doubles up to the longest.
const SHORTEST: Duration = Duration::from_millis(200);
const LONGEST: Duration = Duration::from_secs(5);

/// How a query goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueryProgress {
    /// Whether it waits for its turn.
    pub queued: bool,
    /// The bytes it has scanned so far.
    pub scanned: u64,
}

/// What a query answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryAnswer {
    /// The bytes it scanned, which is what it costs.
    pub scanned: u64,
    /// The file with its rows; a statement that answers none has an empty one.
    pub object: Object,
}

/// The customer's Athena.
#[derive(Debug)]
pub struct Athena {
    client: Client,
    config: SdkConfig,
    place: Place,
}

impl Athena {
    /// Makes sure that queries are cut off: the program's own workgroup is made, or brought to the
    /// wanted limit; another's must have one that is no higher.
    ///
    /// # Errors
    /// [`AwsError::Unlimited`], [`AwsError::Denied`].
    pub async fn open(config: &SdkConfig, place: Place) -> Result<Self, AwsError> {
        let config = config
            .to_builder()
            .region(Region::new(place.region.clone()))
            .build();
        let athena = Self {
            client: Client::new(&config),
            config,
            place,
        };
        athena.limit().await?;
        Ok(athena)
    }

    async fn limit(&self) -> Result<(), AwsError> {
        let place = &self.place;
        let wanted = place.most_bytes.max(LEAST_CUTOFF);
        let own = place.workgroup == OWN_WORKGROUP;
        let found = self
            .client
            .get_work_group()
            .work_group(&place.workgroup)
            .send()
            .await;
        let cutoff = match found {
            Ok(found) => found
                .work_group
                .and_then(|group| group.configuration)
                .and_then(|configuration| configuration.bytes_scanned_cutoff_per_query),
            Err(error) if own && is_absent(&error) => return self.make(wanted).await,
            Err(error) => return Err(AwsError::from_call("athena:GetWorkGroup")(error)),
        };
        match cutoff.and_then(|bytes| u64::try_from(bytes).ok()) {
            Some(cutoff) if cutoff <= wanted => Ok(()),
            _ if own => self.change(wanted).await,
            cutoff => Err(AwsError::Unlimited {
                workgroup: place.workgroup.clone(),
                cutoff,
                wanted,
            }),
        }
    }

    async fn make(&self, cutoff: u64) -> Result<(), AwsError> {
        let configuration = WorkGroupConfiguration::builder()
            .enforce_work_group_configuration(true)
            .bytes_scanned_cutoff_per_query(i64::try_from(cutoff).unwrap_or(i64::MAX))
            .result_configuration(self.results())
            .build();
        self.client
            .create_work_group()
            .name(&self.place.workgroup)
            .description("Tallyport: cost exports rolled up where they lie")
            .configuration(configuration)
            .send()
            .await
            .map_err(AwsError::from_call("athena:CreateWorkGroup"))?;
        Ok(())
    }

    async fn change(&self, cutoff: u64) -> Result<(), AwsError> {
        let updates = aws_sdk_athena::types::WorkGroupConfigurationUpdates::builder()
            .enforce_work_group_configuration(true)
            .bytes_scanned_cutoff_per_query(i64::try_from(cutoff).unwrap_or(i64::MAX))
            .build();
        self.client
            .update_work_group()
            .work_group(&self.place.workgroup)
            .configuration_updates(updates)
            .send()
            .await
            .map_err(AwsError::from_call("athena:UpdateWorkGroup"))?;
        Ok(())
    }

    fn results(&self) -> ResultConfiguration {
        ResultConfiguration::builder()
            .output_location(&self.place.output)
            .build()
    }

    /// Runs a statement to its end. Where `on_progress` breaks, the query is stopped in Athena too.
    ///
    /// # Errors
    /// [`AwsError::Cancelled`], [`AwsError::CutOff`], or what Athena says.
    pub async fn run(
        &self,
        statement: &str,
        on_progress: &mut (dyn FnMut(QueryProgress) -> ControlFlow<()> + Send),
    ) -> Result<QueryAnswer, AwsError> {
        let context = QueryExecutionContext::builder()
            .database(&self.place.database)
            .build();
        let started = self
            .client
            .start_query_execution()
            .query_string(statement)
            .work_group(&self.place.workgroup)
            .query_execution_context(context)
            .result_configuration(self.results())
            .send()
            .await
            .map_err(AwsError::from_call("athena:StartQueryExecution"))?;
        let id = started
            .query_execution_id
            .ok_or_else(|| AwsError::BadAnswer("a query without an id".to_owned()))?;
        let mut pause = SHORTEST;
        loop {
            let execution = self.execution(&id).await?;
            let scanned = scanned(&execution);
            let status = execution.status();
            match status.and_then(|status| status.state()) {
                Some(QueryExecutionState::Succeeded) => {
                    return Ok(QueryAnswer {
                        scanned,
                        object: self.answer(&execution).await?,
                    });
                }
                Some(state @ (QueryExecutionState::Failed | QueryExecutionState::Cancelled)) => {
                    let said = status
                        .and_then(|status| status.state_change_reason())
                        .unwrap_or_default();
                    return Err(self.ended(state, said));
                }
                state => {
                    let queued = state == Some(&QueryExecutionState::Queued);
                    if on_progress(QueryProgress { queued, scanned }).is_break() {
                        self.stop(&id).await?;
                        return Err(AwsError::Cancelled);
                    }
                }
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST);
        }
    }

    async fn execution(&self, id: &str) -> Result<QueryExecution, AwsError> {
        self.client
            .get_query_execution()
            .query_execution_id(id)
            .send()
            .await
            .map_err(AwsError::from_call("athena:GetQueryExecution"))?
            .query_execution
            .ok_or_else(|| AwsError::BadAnswer("a query that is not there".to_owned()))
    }

    async fn stop(&self, id: &str) -> Result<(), AwsError> {
        self.client
            .stop_query_execution()
            .query_execution_id(id)
            .send()
            .await
            .map_err(AwsError::from_call("athena:StopQueryExecution"))?;
        Ok(())
    }

    fn ended(&self, state: &QueryExecutionState, said: &str) -> AwsError {
        // Athena has no code for it, only this sentence.
        if said.contains("Bytes scanned limit") {
            return AwsError::CutOff {
                most_bytes: self.place.most_bytes.max(LEAST_CUTOFF),
            };
        }
        AwsError::Refused {
            action: "athena:StartQueryExecution".to_owned(),
            code: state.as_str().to_owned(),
            said: said.to_owned(),
        }
    }

    /// The file that the answer was written to.
    async fn answer(&self, execution: &QueryExecution) -> Result<Object, AwsError> {
        let place = execution
            .result_configuration()
            .and_then(|results| results.output_location())
            .unwrap_or_default();
        let (name, key) = place
            .strip_prefix("s3://")
            .and_then(|rest| rest.split_once('/'))
            .ok_or_else(|| AwsError::BadAnswer(format!("an answer at \"{place}\"")))?;
        let bucket = Bucket::open(&self.config, name, Some(&self.place.region)).await?;
        let facts = bucket
            .client
            .head_object()
            .bucket(name)
            .key(key)
            .send()
            .await
            .map_err(AwsError::from_call("s3:GetObject"))?;
        Ok(Object {
            bucket: name.to_owned(),
            key: key.to_owned(),
            bytes: facts
                .content_length()
                .and_then(|bytes| u64::try_from(bytes).ok())
                .unwrap_or(0),
            etag: facts
                .e_tag()
                .unwrap_or_default()
                .trim_matches('"')
                .to_owned(),
            modified: facts
                .last_modified()
                .and_then(|moment| moment.to_millis().ok())
                .unwrap_or(0),
        })
    }
}

fn scanned(execution: &QueryExecution) -> u64 {
    execution
        .statistics()
        .and_then(|statistics| statistics.data_scanned_in_bytes())
        .and_then(|bytes| u64::try_from(bytes).ok())
        .unwrap_or(0)
}

/// Athena answers a workgroup that is not there like any wrong request.
fn is_absent<R>(error: &SdkError<GetWorkGroupError, R>) -> bool {
    error.as_service_error().is_some_and(|error| {
        error.is_invalid_request_exception()
            && error
                .message()
                .is_some_and(|said| said.contains("not found"))
    })
}
