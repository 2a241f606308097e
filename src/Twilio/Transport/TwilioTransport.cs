using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

using Microsoft.Extensions.Options;

using Polly;
using Polly.Retry;

namespace PhoneMasking.Twilio.Transport;

/// <summary>
/// Asks Twilio: once for what must not happen twice, with everything that can happen as a result; again and again for
/// the rest.
/// </summary>
internal sealed class TwilioTransport(
    TwilioConnection connection,
    IOptions<TwilioApiOptions> options,
    TimeProvider clock)
{
    /// <summary>How long to wait when Twilio answers 429 without saying.</summary>
    private static readonly TimeSpan UsualRetryAfter = TimeSpan.FromSeconds(1);

    private readonly ResiliencePipeline _retries = Retries(options.Value, clock);

    /// <summary>Posts a form, once, and only if it can leave by <paramref name="notAfter"/> (UTC).</summary>
    public async Task<PostResult<TResource>> PostOnceAsync<TResource>(
        string operation,
        TwilioAccount account,
        Uri uri,
        FormWriter form,
        JsonTypeInfo<TResource> type,
        CancellationToken cancellationToken,
        DateTimeOffset? notAfter = null)
        where TResource : class
    {
        using var body = new FormBody(form, notAfter ?? DateTimeOffset.MaxValue, clock);
        try
        {
            var answer = await connection.SendAsync(
                operation, account, HttpMethod.Post, uri, body, cancellationToken);
            return Judge(answer, type);
        }
        catch (HttpRequestException failure)
        {
            return NoAnswer<TResource>(body, Failure.Describe(failure));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NoAnswer<TResource>(body, Failure.TimedOut);
        }
    }

    /// <summary>
    /// Posts a form that changes nothing more when it is posted again; tried again within the limits.
    /// </summary>
    /// <returns><see cref="PostResult{TResource}.Done"/> or <see cref="PostResult{TResource}.Refused"/>.</returns>
    /// <exception cref="TwilioApiException">There was no usable answer, or too many requests.</exception>
    public async Task<PostResult<TResource>> PostRepeatableAsync<TResource>(
        string operation,
        TwilioAccount account,
        Uri uri,
        FormWriter form,
        JsonTypeInfo<TResource> type,
        CancellationToken cancellationToken)
        where TResource : class
    {
        var answer = await InsistAsync(operation, account, HttpMethod.Post, uri, form, cancellationToken);
        return answer.IsSuccess
            ? new PostResult<TResource>.Done(answer.Read(type) ?? throw Unreadable(operation))
            : new PostResult<TResource>.Refused(answer.ReadError());
    }

    /// <summary>Reads a resource, again and again within the limits; null when there is none (404).</summary>
    /// <exception cref="TwilioApiException">It could not be read.</exception>
    public async Task<TResource?> GetAsync<TResource>(
        string operation,
        TwilioAccount account,
        Uri uri,
        JsonTypeInfo<TResource> type,
        CancellationToken cancellationToken)
        where TResource : class
    {
        var answer = await InsistAsync(operation, account, HttpMethod.Get, uri, null, cancellationToken);
        return answer switch
        {
            { Status: HttpStatusCode.NotFound } => null,
            { IsSuccess: true } => answer.Read(type) ?? throw Unreadable(operation),
            _ => throw Refused(operation, answer),
        };
    }

    /// <summary>Reads a list, page after page as they are needed.</summary>
    /// <exception cref="TwilioApiException">It could not be read, or is not there.</exception>
    public async IAsyncEnumerable<TItem> ListAsync<TPage, TItem>(
        string operation,
        TwilioAccount account,
        Uri? uri,
        JsonTypeInfo<TPage> type,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TPage : Page<TItem>
    {
        while (uri is not null)
        {
            var page = await GetAsync(operation, account, uri, type, cancellationToken)
                ?? throw new TwilioApiException(operation, "", new TwilioError(404, null, null, null), null, null);
            foreach (var item in page.ReadItems())
            {
                yield return item;
            }

            uri = page.ReadNext() is { Length: > 0 } next ? NextPage(operation, account, next) : null;
        }
    }

    /// <summary>
    /// Deletes a resource, again and again within the limits; one that is not there counts as deleted.
    /// </summary>
    /// <returns>Why Twilio refused, or null when it is gone.</returns>
    /// <exception cref="TwilioApiException">There was no answer.</exception>
    public async Task<TwilioError?> DeleteAsync(
        string operation,
        TwilioAccount account,
        Uri uri,
        CancellationToken cancellationToken)
    {
        var answer = await InsistAsync(operation, account, HttpMethod.Delete, uri, null, cancellationToken);
        return answer.IsSuccess || answer.Status == HttpStatusCode.NotFound ? null : answer.ReadError();
    }

    private static PostResult<TResource> NoAnswer<TResource>(FormBody body, string reason) =>
        body.HasLeft ? new PostResult<TResource>.Unknown(reason) : new PostResult<TResource>.NotSent(reason);

    private static PostResult<TResource> Judge<TResource>(Answer answer, JsonTypeInfo<TResource> type)
        where TResource : class =>
        (int)answer.Status switch
        {
            >= 200 and <= 299 => answer.Read(type) is { } resource
                ? new PostResult<TResource>.Done(resource)
                : new PostResult<TResource>.Unknown($"HTTP {(int)answer.Status} whose body could not be read"),
            429 => new PostResult<TResource>.RateLimited(
                answer.RetryAfter ?? UsualRetryAfter,
                answer.ReadError()),

            // 408 is a proxy's word for a time-out and says nothing of what Twilio did.
            >= 400 and <= 499 and not 408 => new PostResult<TResource>.Refused(answer.ReadError()),
            _ => new PostResult<TResource>.Unknown(answer.ReadError().ToString()),
        };

    private static ResiliencePipeline Retries(TwilioApiOptions options, TimeProvider clock)
    {
        if (options.ReadRetries == 0)
        {
            return ResiliencePipeline.Empty;
        }

        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        builder.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = options.ReadRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.ReadRetryDelay,
            MaxDelay = options.ReadRetryMaxDelay,
            ShouldHandle = new PredicateBuilder().Handle<TwilioApiException>(failure =>
                failure.IsTransient && !(failure.RetryAfter > options.ReadRetryMaxDelay)),
            DelayGenerator = static retry =>
                ValueTask.FromResult((retry.Outcome.Exception as TwilioApiException)?.RetryAfter),
        });
        return builder.Build();
    }

    /// <summary>
    /// The next page's address, which must be at the account's own APIs: the auth token goes with the request.
    /// </summary>
    private static Uri NextPage(string operation, TwilioAccount account, string next) =>
        Uri.TryCreate(account.ApiBaseUri, next, out var uri) && account.IsAtTwilio(uri)
            ? uri
            : throw new TwilioApiException(operation, "the next page is somewhere else", null, null, null);

    private static TwilioApiException Unreadable(string operation) =>
        new(operation, "the answer could not be read", null, null, null);

    private static TwilioApiException Refused(string operation, Answer answer) =>
        new(operation, "", answer.ReadError(), answer.RetryAfter, null);

    private async Task<Answer> InsistAsync(
        string operation,
        TwilioAccount account,
        HttpMethod method,
        Uri uri,
        FormWriter? form,
        CancellationToken cancellationToken) =>
        await _retries.ExecuteAsync(
            static async (call, token) => await call.Transport.AskAsync(
                call.Operation, call.Account, call.Method, call.Uri, call.Form, token),
            (Transport: this, Operation: operation, Account: account, Method: method, Uri: uri, Form: form),
            cancellationToken);

    /// <summary>Asks once; a success and a lasting refusal return, what may pass by itself throws.</summary>
    private async Task<Answer> AskAsync(
        string operation,
        TwilioAccount account,
        HttpMethod method,
        Uri uri,
        FormWriter? form,
        CancellationToken cancellationToken)
    {
        using var body = form is null ? null : new FormBody(form, DateTimeOffset.MaxValue, clock);
        try
        {
            var answer = await connection.SendAsync(operation, account, method, uri, body, cancellationToken);
            var failure = answer.IsSuccess ? null : Refused(operation, answer);
            return failure is { IsTransient: true } ? throw failure : answer;
        }
        catch (HttpRequestException failure)
        {
            throw new TwilioApiException(operation, Failure.Describe(failure), null, null, failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TwilioApiException(operation, Failure.TimedOut, null, null, failure);
        }
    }
}
