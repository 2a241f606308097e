using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

using Microsoft.Extensions.Options;

namespace PhoneMasking.Twilio.Transport;

/// <summary>Carries one request to Twilio and its answer back.</summary>
/// <remarks>
/// An HttpClient of its own rather than one of IHttpClientFactory: that one logs URLs, and lists carry telephone
/// numbers in the query. Traces and metrics come from SocketsHttpHandler, which redacts the query.
/// </remarks>
internal sealed class TwilioConnection : IDisposable
{
    /// <summary>A page of 1,000 messages of 1,600 characters is below 4 MiB.</summary>
    private const int LargestAnswerBytes = 8 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly TwilioMetrics _metrics;
    private readonly TimeProvider _clock;

    public TwilioConnection(IOptions<TwilioApiOptions> options, TwilioMetrics metrics, TimeProvider clock)
    {
        var settings = options.Value;
        _metrics = metrics;
        _clock = clock;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = settings.ConnectTimeout,
            MaxConnectionsPerServer = settings.MaxConnections,
            PooledConnectionIdleTimeout = settings.ConnectionIdleTimeout,
            PooledConnectionLifetime = settings.ConnectionLifetime,
            UseCookies = false,
        })
        {
            MaxResponseContentBufferSize = LargestAnswerBytes,
            Timeout = settings.RequestTimeout,
        };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("PhoneMasking", null));
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request and reads the whole answer, whatever its status.</summary>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    /// <exception cref="OperationCanceledException">The time was over, or the caller gave up.</exception>
    public async Task<Answer> SendAsync(
        string operation,
        TwilioAccount account,
        HttpMethod method,
        Uri uri,
        FormBody? body,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, uri) { Content = body };
        request.Headers.Authorization = account.Authorization;

        using var response = await AskAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            _metrics.CountRateLimited(operation);
        }

        return new Answer(
            response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(cancellationToken),
            WaitOf(response.Headers.RetryAfter));
    }

    // As SocketsHttpHandler connects by itself, but for the end: without a linger time of zero the kernel goes on delivering
    // a request that was given up, for minutes. Behind a network that was cut for a while it would reach Twilio after the
    // list had been asked, and the text be sent twice.
    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            LingerState = new LingerOption(enable: true, seconds: 0),
        };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (SocketException failure)
        {
            // HttpClient lets it through when a connection is reset in the moment that it is made (seen with .NET 10).
            throw new HttpRequestException(HttpRequestError.ConnectionError, "Reset while connecting", failure);
        }
    }

    private TimeSpan? WaitOf(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date - _clock.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
