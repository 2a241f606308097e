using System.Text.Json.Serialization.Metadata;

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace PhoneMasking.Airtable.Transport;

/// <summary>
/// Asks Airtable at the pace that it allows; again after what passes by itself, unless that could do a thing twice.
/// </summary>
internal sealed partial class AirtableTransport(
    AirtableConnection connection,
    BasePaces paces,
    IOptions<AirtableApiOptions> options,
    TimeProvider clock,
    ILogger<AirtableTransport> logger)
{
    private readonly TimeSpan _pause = options.Value.RateLimitPause;
    private readonly ResiliencePipeline _pipeline = Pipeline(options.Value, clock);

    /// <summary>Asks until there is an answer that will not change, and reads it.</summary>
    /// <exception cref="AirtableApiException">Airtable refused, or gave no usable answer, retries included.</exception>
    public async Task<TResource> AskAsync<TResource>(
        AirtableCall call,
        JsonTypeInfo<TResource> type,
        CancellationToken cancellationToken)
        where TResource : class
    {
        try
        {
            var answer = await _pipeline.ExecuteAsync(
                static async (ask, token) => await ask.Transport.AskOnceAsync(ask.Call, token),
                (Transport: this, Call: call),
                cancellationToken);
            return answer.Read(type) ?? throw new AirtableApiException(
                call.Operation,
                AirtableFailure.Unreadable,
                "the answer could not be read",
                null,
                isOutcomeUnknown: !call.IsRepeatable,
                null);
        }
        catch (BrokenCircuitException open)
        {
            throw new AirtableApiException(
                call.Operation, AirtableFailure.NotAsked, "most requests failed just now", null, false, open);
        }
    }

    private static ResiliencePipeline Pipeline(AirtableApiOptions options, TimeProvider clock)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
                ShouldHandle = new PredicateBuilder().Handle<AirtableApiException>(failure =>
                    failure is { IsTransient: true, IsOutcomeUnknown: false, Failure: not AirtableFailure.NotAsked }),

                // After a 429 the base's pause is the wait.
                DelayGenerator = static retry => ValueTask.FromResult<TimeSpan?>(
                    retry.Outcome.Exception is AirtableApiException { Failure: AirtableFailure.RateLimited }
                        ? TimeSpan.Zero
                        : null),
            });
        }

        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            MinimumThroughput = options.BreakAfter,
            FailureRatio = 0.5,
            BreakDuration = options.BreakDuration,
            ShouldHandle = new PredicateBuilder().Handle<AirtableApiException>(failure =>
                failure.Failure is AirtableFailure.Unavailable or AirtableFailure.NoAnswer),
        });
        return builder.Build();
    }

    private static AirtableFailure FailureOf(AirtableError error) => error switch
    {
        { Type: AirtableError.BillingLimitExceeded } or { HttpStatus: 402 } => AirtableFailure.QuotaExceeded,
        { HttpStatus: 401 } => AirtableFailure.Unauthorized,
        { HttpStatus: 403 } => AirtableFailure.Forbidden,
        { HttpStatus: 404 } => AirtableFailure.NotFound,
        { HttpStatus: 408 or >= 500 } => AirtableFailure.Unavailable,
        { HttpStatus: 413 } => AirtableFailure.TooLarge,
        { HttpStatus: 429 } => AirtableFailure.RateLimited,
        { HttpStatus: >= 400 } => AirtableFailure.Invalid,

        // 1xx and 3xx: Airtable does not give them, so this is somebody else.
        _ => AirtableFailure.Unreadable,
    };

    /// <summary>Asks once, when it is its turn.</summary>
    private async Task<Answer> AskOnceAsync(AirtableCall call, CancellationToken cancellationToken)
    {
        var pace = paces.Of(call.Base.BaseId);
        using var permit = await pace.EnterAsync(cancellationToken) ?? throw new AirtableApiException(
            call.Operation, AirtableFailure.NotAsked, "too many requests wait already", null, false, null);
        var answer = await SendAsync(call, cancellationToken);
        if (answer.IsSuccess)
        {
            return answer;
        }

        var error = answer.ReadError();
        var failure = FailureOf(error);
        if (failure == AirtableFailure.RateLimited)
        {
            var pause = answer.RetryAfter > _pause ? answer.RetryAfter.Value : _pause;
            pace.Pause(pause);
            LogPaused(call.Base.BaseId, pause);
        }

        throw new AirtableApiException(
            call.Operation,
            failure,
            "",
            error,
            isOutcomeUnknown: failure == AirtableFailure.Unavailable && !call.IsRepeatable,
            null);
    }

    private async Task<Answer> SendAsync(AirtableCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.SendAsync(call, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            var isTooLarge = failure.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded;
            throw new AirtableApiException(
                call.Operation,
                isTooLarge ? AirtableFailure.Unreadable : AirtableFailure.NoAnswer,
                isTooLarge ? "the answer is too large" : Failure.Describe(failure),
                null,
                isOutcomeUnknown: !call.IsRepeatable && !Failure.IsBeforeTheRequest(failure),
                failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AirtableApiException(
                call.Operation,
                AirtableFailure.NoAnswer,
                Failure.TimedOut,
                null,
                isOutcomeUnknown: !call.IsRepeatable,
                failure);
        }
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Information,
        Message = "Airtable asks to slow down: base {BaseId} is left alone for {Pause}")]
    private partial void LogPaused(string baseId, TimeSpan pause);
}
