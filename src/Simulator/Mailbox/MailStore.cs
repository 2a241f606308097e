using System.Text.Json;

namespace PhoneMasking.Simulator.Mailbox;

/// <summary>What became of a request to send a mail.</summary>
/// <param name="Id">The mail's id.</param>
/// <param name="IsContradiction">The key was used before, for another mail.</param>
internal readonly record struct MailReceipt(Guid Id, bool IsContradiction);

/// <summary>The mails that came, the oldest dropped when there are too many. A key that comes again adds nothing.</summary>
internal sealed class MailStore(TimeProvider clock)
{
    /// <summary>Mails that are kept.</summary>
    public const int Kept = 1000;

    private readonly Lock _gate = new();
    private readonly List<Mail> _mails = [];
    private readonly Dictionary<string, (Guid Id, string Content)> _keys = [];
    private long _sequence;

    /// <summary>Takes a mail.</summary>
    /// <param name="request">The mail.</param>
    /// <param name="to">Its receivers.</param>
    /// <param name="key">Its Idempotency-Key, if any.</param>
    public MailReceipt Add(MailRequest request, IReadOnlyList<string> to, string? key)
    {
        var content = JsonSerializer.Serialize(request with { To = default }) + string.Join('\n', to);
        lock (_gate)
        {
            if (key is not null && _keys.TryGetValue(key, out var known))
            {
                var index = _mails.FindIndex(mail => mail.Id == known.Id);
                if (index >= 0)
                {
                    _mails[index] = _mails[index] with { Requests = _mails[index].Requests + 1 };
                }

                return new MailReceipt(known.Id, known.Content != content);
            }

            var now = clock.GetUtcNow();
            var mail = new Mail(
                ++_sequence,
                Guid.CreateVersion7(now),
                request.From!,
                to,
                request.Subject!,
                request.Text,
                request.Html,
                key,
                now);
            _mails.Add(mail);
            if (key is not null)
            {
                _keys.Add(key, (mail.Id, content));
            }

            if (_mails.Count > Kept)
            {
                if (_mails[0].IdempotencyKey is { } oldest)
                {
                    _keys.Remove(oldest);
                }

                _mails.RemoveAt(0);
            }

            return new MailReceipt(mail.Id, IsContradiction: false);
        }
    }

    /// <summary>Mails in the order in which they came.</summary>
    public IReadOnlyList<Mail> After(long after, int limit)
    {
        lock (_gate)
        {
            return [.. _mails.Where(mail => mail.Sequence > after).Take(limit)];
        }
    }

    public Mail? Find(Guid id)
    {
        lock (_gate)
        {
            return _mails.Find(mail => mail.Id == id);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _mails.Clear();
            _keys.Clear();
        }
    }
}
