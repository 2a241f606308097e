using MassTransit;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;

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
    public Task<Reply<TAnswer>> AskAsync<TQuestion, TAnswer>(TQuestion question, CancellationToken cancellationToken)
        where TQuestion : class
        where TAnswer : class =>
        SendAsync<TQuestion, TAnswer>(question, options.Value.AnswerTimeout, cancellationToken);

    /// <summary>
    /// Asks for something to be done. <see cref="Reply{T}.Away"/> does not tell whether it was: send it again.
    /// </summary>
    /// <typeparam name="TCommand">The request of Contracts.</typeparam>
    /// <typeparam name="TAnswer">Its answer.</typeparam>
    /// <param name="command">What to do.</param>
    public Task<Reply<TAnswer>> OrderAsync<TCommand, TAnswer>(TCommand command)
        where TCommand : class
        where TAnswer : class =>
        // Goes on when the browser is gone: it is done either way, and the log says what came of it.
        SendAsync<TCommand, TAnswer>(command, options.Value.ActionTimeout, CancellationToken.None);

    private async Task<Reply<TAnswer>> SendAsync<TQuestion, TAnswer>(
        TQuestion question,
        TimeSpan patience,
        CancellationToken cancellationToken)
        where TQuestion : class
        where TAnswer : class
    {
        try
        {
            var client = clients.CreateRequestClient<TQuestion>(RequestTimeout.After(ms: (int)patience.TotalMilliseconds));
            var response = await client
                .GetResponse<TAnswer, Refused>(question, cancellationToken)
                .WaitAsync(patience + Grace, clock, cancellationToken);
            return response.Is(out Response<TAnswer>? answer)
                ? new Reply<TAnswer>.Given(answer.Message)
                : new Reply<TAnswer>.Declined((Refused)response.Message);
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
