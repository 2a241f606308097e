using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;

using Polly;
using Polly.Retry;

namespace PhoneMasking.Twilio.Transport;

/// <summary>
/// Carries requests to Twilio: posts once, with everything that can happen as a result; reads with retries.
/// </summary>
/// <remarks>
/// An HttpClient of its own rather than one of IHttpClientFactory: that one logs URLs, and lists carry telephone
/// numbers in the query. Traces and metrics come from SocketsHttpHandler, which redacts the query.
/// </remarks>
internal sealed class TwilioTransport : IDisposable
{
    /// <summary>A page of 1,000 messages of 1,600 characters is below 4 MiB.</summary>
    private const int LargestAnswerBytes = 8 * 1024 * 1024;

    /// <summary>How long to wait when Twilio answers 429 without saying.</summary>
    private static readonly TimeSpan UsualRetryAfter = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline _reads;

    public TwilioTransport(TwilioApiOptions options, TimeProvider clock)
    {
        _clock = clock;
        _reads = ReadPipeline(options, clock);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = options.MaxConnections,
            PooledConnectionIdleTimeout = options.ConnectionIdleTimeout,
            PooledConnectionLifetime = options.ConnectionLifetime,
            UseCookies = false,
        })
        {
            MaxResponseContentBufferSize = LargestAnswerBytes,
            Timeout = options.RequestTimeout,
        };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("PhoneMasking", null));
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Posts a form, once.</summary>
    public async Task<PostResult<TResource>> PostAsync<TResource>(
        TwilioAccount account,
        string path,
        FormWriter form,
        JsonTypeInfo<TResource> type,
        CancellationToken cancellationToken)
        where TResource : class
    {
        using var body = new FormBody(form);
        try
        {
            var answer = await SendAsync(account, HttpMethod.Post, account.Resource(path), body, cancellationToken);
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
        var answer = await _reads.ExecuteAsync(
            static async (call, token) => await call.Transport.AskAsync(
                call.Operation, call.Account, HttpMethod.Get, call.Uri, token),
            (Transport: this, Operation: operation, Account: account, Uri: uri),
            cancellationToken);

        return answer.Status == HttpStatusCode.NotFound
            ? null
            : answer.Read(type)
                ?? throw new TwilioApiException(operation, "the answer could not be read", null, null, null);
    }

    /// <summary>Deletes a resource, once; one that is not there counts as deleted.</summary>
    /// <exception cref="TwilioApiException">It was refused, or there was no answer.</exception>
    public async Task DeleteAsync(
        string operation,
        TwilioAccount account,
        string path,
        CancellationToken cancellationToken) =>
        await AskAsync(operation, account, HttpMethod.Delete, account.Resource(path), cancellationToken);

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

    private static ResiliencePipeline ReadPipeline(TwilioApiOptions options, TimeProvider clock)
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

    /// <summary>Asks once; success and "not there" return, the rest throws.</summary>
    private async Task<Answer> AskAsync(
        string operation,
        TwilioAccount account,
        HttpMethod method,
        Uri uri,
        CancellationToken cancellationToken)
    {
        try
        {
            var answer = await SendAsync(account, method, uri, null, cancellationToken);
            return answer.IsSuccess || answer.Status == HttpStatusCode.NotFound
                ? answer
                : throw new TwilioApiException(operation, "", answer.ReadError(), answer.RetryAfter, null);
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

    private async Task<Answer> SendAsync(
        TwilioAccount account,
        HttpMethod method,
        Uri uri,
        FormBody? body,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, uri) { Content = body };
        request.Headers.Authorization = account.Authorization;

        using var response = await _http.SendAsync(request, cancellationToken);
        return new Answer(
            response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(cancellationToken),
            WaitOf(response.Headers.RetryAfter));
    }

    private TimeSpan? WaitOf(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date - _clock.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
