using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PhoneMasking.Simulator.Messages;

namespace PhoneMasking.Simulator.Handsets;

/// <summary>Tells open phones what happens to their messages. Costs next to nothing while no phone is open.</summary>
internal sealed class PhoneFeed
{
    /// <summary>Events a slow page may lag behind before it loses the oldest.</summary>
    private const int Backlog = 1000;

    private readonly ConcurrentDictionary<Channel<Message>, IReadOnlySet<string>> _phones = new();

    /// <summary>Announces a message that is new or has changed to the phones of its handset.</summary>
    public void Publish(Message message)
    {
        foreach (var (channel, handsets) in _phones)
        {
            if (handsets.Contains(message.Handset))
            {
                channel.Writer.TryWrite(message);
            }
        }
    }

    /// <summary>Messages of these handsets from now on, until cancelled.</summary>
    public async IAsyncEnumerable<Message> ListenAsync(
        IReadOnlySet<string> handsets,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<Message>(
            new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _phones.TryAdd(channel, handsets);
        try
        {
            await foreach (var message in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return message;
            }
        }
        finally
        {
            _phones.TryRemove(channel, out _);
        }
    }
}
