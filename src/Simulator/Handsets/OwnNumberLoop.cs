using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.Numbers;

namespace PhoneMasking.Simulator.Handsets;

/// <summary>Brings a text from one of the account's numbers to another back in, through the other's webhook.</summary>
internal sealed class OwnNumberLoop(Carrier carrier, NumberDirectory numbers, TextingDesk texting) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        carrier.Delivered += BringIn;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        carrier.Delivered -= BringIn;
        return Task.CompletedTask;
    }

    private void BringIn(Message message)
    {
        if (numbers.Owns(message.To))
        {
            _ = texting.SendAsync(message.From, message.To, message.Body, message.Media, CancellationToken.None);
        }
    }
}
