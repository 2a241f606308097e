using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using PhoneMasking.Simulator.Messages;

namespace PhoneMasking.Simulator.Handsets;

/// <summary>Tells open phones what happens to their messages. Costs next to nothing while no phone is open.</summary>
internal sealed class PhoneFeed
{
    private readonly ConcurrentDictionary<Listening, IReadOnlySet<string>> _phones = new();

    /// <summary>Announces a message that is new or has changed to the phones of its handset.</summary>
    public void Publish(Message message)
    {
        foreach (var (listening, handsets) in _phones)
        {
            if (handsets.Contains(message.Handset))
            {
                listening.Announce(message);
            }
        }
    }

    /// <summary>Collects the messages of these handsets from now on, until disposed.</summary>
    public Listening Listen(IReadOnlySet<string> handsets)
    {
        var listening = new Listening(this);
        _phones.TryAdd(listening, handsets);
        return listening;
    }

    /// <summary>One open page.</summary>
    internal sealed class Listening(PhoneFeed feed) : IDisposable
    {
        /// <summary>Announcements a slow page may lag behind before it loses the oldest.</summary>
        private const int Backlog = 1000;

        private readonly Channel<Message> _channel = Channel.CreateBounded<Message>(
            new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        /// <summary>Waits for an announcement. False when cancelled: the page is gone.</summary>
        public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await _channel.Reader.WaitToReadAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        public bool TryTake([NotNullWhen(true)] out Message? message) => _channel.Reader.TryRead(out message);

        public void Dispose() => feed._phones.TryRemove(this, out _);

        internal void Announce(Message message) => _channel.Writer.TryWrite(message);
    }
}
