using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;

namespace PhoneMasking.NumberService.Verification;

/// <summary>Asks the gateway, the only part that sends, for test texts.</summary>
internal sealed class GatewayTexts(IServiceScopeFactory scopes)
{
    public Task<GatewayAnswer> SendAsync(
        OwnedNumber number,
        MessageId text,
        E164Number phone,
        CancellationToken cancellationToken) => AskAsync(
            new SendVerificationText(number.OrganisationId, text, number.Id, number.Number!, phone), cancellationToken);

    public Task<GatewayAnswer> ReadAsync(OwnedNumber number, MessageId text, CancellationToken cancellationToken) =>
        AskAsync(new ReadVerificationText(number.OrganisationId, text), cancellationToken);

    private async Task<GatewayAnswer> AskAsync<TRequest>(TRequest request, CancellationToken cancellationToken)
        where TRequest : class
    {
        await using var scope = scopes.CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<IRequestClient<TRequest>>();
        try
        {
            var response = await client.GetResponse<VerificationTextState, Refused>(request, cancellationToken);
            return response.Is(out Response<VerificationTextState>? state)
                ? new GatewayAnswer.Stands(state.Message)
                : new GatewayAnswer.Refuses();
        }
        catch (MassTransitException)
        {
            return new GatewayAnswer.Away();
        }
    }
}

/// <summary>Every way that asking the gateway can end.</summary>
internal abstract record GatewayAnswer
{
    private GatewayAnswer()
    {
    }

    /// <summary>Where the text stands.</summary>
    public sealed record Stands(VerificationTextState State) : GatewayAnswer;

    /// <summary>It will not send it, for example because it does not know the number yet.</summary>
    public sealed record Refuses : GatewayAnswer;

    /// <summary>It did not answer; it may have taken the text nevertheless.</summary>
    public sealed record Away : GatewayAnswer;
}
