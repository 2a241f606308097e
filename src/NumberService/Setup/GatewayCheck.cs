using MassTransit;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Setup;

/// <summary>
/// Looks whether the gateway answers on the bus. Asked before numbers are bought: what is told of them would reach nobody
/// in an installation whose gateway never ran, and none could be verified.
/// </summary>
internal sealed class GatewayCheck(IServiceScopeFactory scopes, IOptions<SetupOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    /// <summary>Asks until it answers, as long as the settings' patience lasts. The bus must have been started.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        var giveUpAt = clock.GetUtcNow() + options.Value.GatewayPatience;
        do
        {
            if (await AskAsync(cancellationToken))
            {
                return true;
            }
        }
        while (clock.GetUtcNow() < giveUpAt);
        return false;
    }

    // About a text that nobody sent: the answer is no, and that is all that is wanted.
    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<IRequestClient<ReadVerificationText>>();
        var question = new ReadVerificationText(OrganisationId.Default, MessageId.New(clock.GetUtcNow()));
        try
        {
            await client.GetResponse<VerificationTextState, Refused>(question, cancellationToken, AnswerTime);
            return true;
        }
        catch (MassTransitException)
        {
            return false;
        }
    }
}
