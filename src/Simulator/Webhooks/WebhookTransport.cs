using System.Buffers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Webhooks;

/// <summary>
/// Makes one HTTP request with Twilio's time-outs and says how it went. Never throws for what went wrong.
/// </summary>
internal sealed class WebhookTransport : IDisposable
{
    private const int LargestAnswer = 64 * 1024;

    private static readonly HttpRequestOptionsKey<TimeSpan> ConnectTimeout = new("connect-timeout");

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public WebhookTransport(IOptions<WebhookOptions> options, TimeProvider clock)
    {
        _clock = clock;
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
            MaxConnectionsPerServer = options.Value.Connections,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends the request within the target's read time-out.</summary>
    public async Task<WebhookOutcome> SendAsync(
        HttpRequestMessage request,
        WebhookTarget target,
        CancellationToken cancellationToken)
    {
        request.Options.Set(ConnectTimeout, target.ConnectTimeout);
        using var readTimeout = new CancellationTokenSource(target.ReadTimeout, _clock);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(readTimeout.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                ends.Token);
            var status = (int)response.StatusCode;
            if (!response.IsSuccessStatusCode)
            {
                return new(status, 1, "", WebhookFailure.Status);
            }

            return await ReadAsync(response.Content, ends.Token) is { } body
                ? new(status, 1, body, WebhookFailure.None)
                : new(status, 1, "", WebhookFailure.TooLarge);
        }
        catch (HttpRequestException failure) when (IsConnect(failure.HttpRequestError))
        {
            return new(null, 1, "", WebhookFailure.Connect);
        }
        catch (SocketException)
        {
            // HttpClient lets it through when a connection is reset in the moment that it is made (seen with .NET 10).
            return new(null, 1, "", WebhookFailure.Connect);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            return new(null, 1, "", WebhookFailure.Read);
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool IsConnect(HttpRequestError error) => error
        is HttpRequestError.ConnectionError
        or HttpRequestError.NameResolutionError
        or HttpRequestError.SecureConnectionError;

    /// <summary>The answer's text; null when it is too large.</summary>
    private static async Task<string?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength == 0)
        {
            return "";
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(LargestAnswer + 1);
        try
        {
            var read = await stream.ReadAtLeastAsync(
                buffer.AsMemory(0, LargestAnswer + 1),
                LargestAnswer + 1,
                throwOnEndOfStream: false,
                cancellationToken);
            return read > LargestAnswer ? null : Encoding.UTF8.GetString(buffer, 0, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken)
    {
        context.InitialRequestMessage.Options.TryGetValue(ConnectTimeout, out var limit);
        using var timeout = new CancellationTokenSource(limit, _clock);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, ends.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
