using MassTransit;
using Microsoft.Extensions.Options;

namespace PhoneMasking.OpsConsole.Inquiries;

/// <summary>Asks the services over the bus: the console has no data of its own.</summary>
internal sealed partial class Inquiry(
    IScopedClientFactory clients,
    IOptions<InquiryOptions> options,
    TimeProvider clock,
    ILogger<Inquiry> logger)
{
    // The broker itself may be away; then not even the request's own time-out is certain.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks one question.</summary>
    /// <typeparam name="TQuestion">The request of Contracts.</typeparam>
    /// <typeparam name="TAnswer">Its answer.</typeparam>
    /// <param name="question">What to ask.</param>
    /// <param name="cancellationToken">Ends with the browser's request.</param>
    public async Task<Reply<TAnswer>> AskAsync<TQuestion, TAnswer>(
        TQuestion question,
        CancellationToken cancellationToken)
        where TQuestion : class
        where TAnswer : class
    {
        var patience = options.Value.AnswerTimeout;
        try
        {
            var client = clients.CreateRequestClient<TQuestion>(RequestTimeout.After(ms: (int)patience.TotalMilliseconds));
            var response = await client
                .GetResponse<TAnswer>(question, cancellationToken)
                .WaitAsync(patience + Grace, clock, cancellationToken);
            return new Reply<TAnswer>.Given(response.Message);
        }
        catch (Exception failure) when (failure is RequestException or TimeoutException or ConnectionException)
        {
            LogNoAnswer(typeof(TQuestion).Name, failure.GetType().Name);
            return new Reply<TAnswer>.Away();
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "No answer to {Question}: {Failure}")]
    private partial void LogNoAnswer(string question, string failure);
}
