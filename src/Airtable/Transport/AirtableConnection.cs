using System.Net.Http.Headers;
using System.Net.Sockets;

using Microsoft.Extensions.Options;

namespace PhoneMasking.Airtable.Transport;

/// <summary>Carries one request to Airtable and its answer back.</summary>
/// <remarks>
/// An HttpClient of its own rather than one of IHttpClientFactory: that one logs URLs, which hold record ids. Traces and
/// metrics come from SocketsHttpHandler, which redacts the query.
/// </remarks>
internal sealed class AirtableConnection : IDisposable
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public AirtableConnection(IOptions<AirtableApiOptions> options, TimeProvider clock)
    {
        var settings = options.Value;
        _clock = clock;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = settings.ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            UseCookies = false,
        })
        {
            MaxResponseContentBufferSize = settings.LargestAnswerBytes,
            Timeout = settings.RequestTimeout,
        };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("PhoneMasking", null));
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request and reads the whole answer, whatever its status.</summary>
    /// <exception cref="HttpRequestException">There was no answer, or one that is too large.</exception>
    /// <exception cref="OperationCanceledException">The time was over, or the caller gave up.</exception>
    public async Task<Answer> SendAsync(AirtableCall call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, call.Uri);
        request.Headers.Authorization = call.Base.Authorization;
        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using var response = await AskAsync(request, cancellationToken);
        return new Answer(
            response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(cancellationToken),
            WaitOf(response.Headers.RetryAfter));
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

    private TimeSpan? WaitOf(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date - _clock.GetUtcNow());
}
