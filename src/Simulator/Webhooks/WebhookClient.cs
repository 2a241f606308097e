using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Control;
using PhoneMasking.Simulator.Rest;
using PhoneMasking.Twilio.Signatures;

namespace PhoneMasking.Simulator.Webhooks;

/// <summary>Posts signed webhooks as Twilio does: time-outs, retries and the fallback URL.</summary>
internal sealed partial class WebhookClient(
    WebhookTransport transport,
    IOptions<AccountOptions> account,
    IOptions<WebhookOptions> options,
    Counters counters,
    TimeProvider clock,
    ILogger<WebhookClient> logger)
{
    private const string SignatureHeader = "X-Twilio-Signature";
    private const string IdempotencyHeader = "I-Twilio-Idempotency-Token";
    private const int FirstServerError = 500;

    /// <summary>Posts to the URL, with the retries that its fragment allows.</summary>
    public Task<WebhookOutcome> PostAsync(
        string url,
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        CancellationToken cancellationToken) =>
        PostAsync(url, fallbackUrl: null, parameters, cancellationToken);

    /// <summary>Posts to the URL, and to the fallback when that failed for good.</summary>
    public async Task<WebhookOutcome> PostAsync(
        string url,
        string? fallbackUrl,
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        CancellationToken cancellationToken)
    {
        // The same for all attempts, so that the receiver can tell a repeat.
        var token = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        var outcome = await TryAsync(WebhookTarget.Parse(url), parameters, token, cancellationToken);
        if (!outcome.Succeeded && fallbackUrl is not null)
        {
            var second = await TryAsync(WebhookTarget.Parse(fallbackUrl), parameters, token, cancellationToken);
            outcome = second with { Attempts = outcome.Attempts + second.Attempts, ViaFallback = true };
        }

        if (!outcome.Succeeded)
        {
            LogGivenUp(outcome.Failure, outcome.Status, outcome.Attempts);
        }

        return outcome;
    }

    private async Task<WebhookOutcome> TryAsync(
        WebhookTarget target,
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        string token,
        CancellationToken cancellationToken)
    {
        var signature = TwilioSignature.Compute(account.Value.AuthToken, target.Url, parameters);
        using var total = new CancellationTokenSource(target.TotalTimeout, clock);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(total.Token, cancellationToken);

        for (var attempt = 1; ; attempt++)
        {
            counters.Count(Counted.WebhookAttempts);
            using var request = new HttpRequestMessage(HttpMethod.Post, target.Url)
            {
                Content = new FormUrlEncodedContent(parameters),
            };
            request.Headers.Add(SignatureHeader, signature);
            request.Headers.Add(IdempotencyHeader, token);
            request.Headers.UserAgent.ParseAdd("TwilioProxy/1.1");
            request.Headers.Accept.ParseAdd("*/*");

            var outcome = await transport.SendAsync(request, target, ends.Token) with { Attempts = attempt };
            if (outcome.Succeeded || attempt > target.Retries || !IsRepeated(outcome, target.RetryOn))
            {
                return outcome;
            }

            await Task.Delay(options.Value.RetryDelay, clock, ends.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ends.IsCancellationRequested)
            {
                return outcome;
            }
        }
    }

    private static bool IsRepeated(WebhookOutcome outcome, RetryOn policy) => outcome.Failure switch
    {
        WebhookFailure.Connect => policy.HasFlag(RetryOn.Connect),
        WebhookFailure.Read => policy.HasFlag(RetryOn.Read),
        WebhookFailure.Status => policy.HasFlag(
            outcome.Status >= FirstServerError ? RetryOn.ServerError : RetryOn.ClientError),
        _ => false,
    };

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "Webhook given up: {Failure}, last status {Status}, {Attempts} attempts")]
    private partial void LogGivenUp(WebhookFailure failure, int? status, int attempts);
}
