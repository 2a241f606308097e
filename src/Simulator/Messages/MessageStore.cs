using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Messages;

/// <summary>The newest messages, found by SID, by conversation and by order. Safe for many callers at once.</summary>
internal sealed class MessageStore(IOptions<MessageOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Message> _bySid = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Handset, string OwnNumber), Conversation> _conversations = [];
    private readonly Dictionary<string, List<Conversation>> _byHandset = new(StringComparer.Ordinal);
    private RecentList<Message> _all = new();
    private long _sequence;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _all.Count;
            }
        }
    }

    public void Add(Message message)
    {
        lock (_gate)
        {
            message.Sequence = ++_sequence;
            _all.Add(message);
            _bySid.Add(message.Sid, message);
            Open(message.Handset, message.OwnNumber).Messages.Add(message);
            if (_all.Count > options.Value.Kept)
            {
                Forget(_all.RemoveOldest());
            }
        }
    }

    public Message? Find(string sid)
    {
        lock (_gate)
        {
            return _bySid.GetValueOrDefault(sid);
        }
    }

    /// <summary>Deletes for the REST API; what was counted keeps its place in the order.</summary>
    public void Delete(Message message)
    {
        lock (_gate)
        {
            message.IsDeleted = true;
            _bySid.Remove(message.Sid);
        }
    }

    /// <summary>A page of a list, the newest first, and the SID to go on from when more follow.</summary>
    public (IReadOnlyList<Message> Messages, string? Next) List(MessageFilter filter, PageRequest page)
    {
        lock (_gate)
        {
            var found = Newest(filter);
            if (page.After is null)
            {
                found = found.Skip(page.Index * page.Size);
            }
            else if (_bySid.TryGetValue(page.After, out var last))
            {
                found = found.SkipWhile(message => message.Sequence >= last.Sequence);
            }

            var messages = found.Take(page.Size + 1).ToList();
            if (messages.Count <= page.Size)
            {
                return (messages, null);
            }

            messages.RemoveAt(page.Size);
            return (messages, messages[^1].Sid);
        }
    }

    /// <summary>Messages in order of acceptance, behind a sequence number.</summary>
    public IReadOnlyList<Message> After(long sequence, int limit, Func<Message, bool> accepts)
    {
        lock (_gate)
        {
            var first = _all.Count == 0 ? 0 : (int)Math.Clamp(sequence + 1 - _all[0].Sequence, 0, _all.Count);
            return [.. Enumerable.Range(first, _all.Count - first).Select(i => _all[i]).Where(accepts).Take(limit)];
        }
    }

    /// <summary>A handset's conversations, each the oldest message first.</summary>
    public IReadOnlyList<(string OwnNumber, IReadOnlyList<Message> Messages)> Conversations(string handset, int limit)
    {
        lock (_gate)
        {
            return _byHandset.TryGetValue(handset, out var conversations)
                ? [.. conversations.Select(one => (one.OwnNumber, Last(one.Messages, limit)))]
                : [];
        }
    }

    /// <summary>Forgets everything; the sequence begins again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _bySid.Clear();
            _conversations.Clear();
            _byHandset.Clear();
            _all = new();
            _sequence = 0;
        }
    }

    private static IReadOnlyList<Message> Last(RecentList<Message> messages, int limit)
    {
        var first = Math.Max(0, messages.Count - limit);
        return [.. Enumerable.Range(first, messages.Count - first).Select(index => messages[index])];
    }

    private IEnumerable<Message> Newest(MessageFilter filter)
    {
        if (filter is { To: { } to, From: { } from })
        {
            var sent = Descending(_conversations.GetValueOrDefault((to, from))?.Messages);
            var received = _conversations.GetValueOrDefault((from, to))?.Messages;
            // Both exist only when both numbers belong to the account; only then is there anything to sort.
            return received is null
                ? sent.Where(filter.Accepts)
                : sent.Concat(Descending(received)).Where(filter.Accepts).OrderByDescending(one => one.Sequence);
        }

        return Descending(_all).Where(filter.Accepts);
    }

    private static IEnumerable<Message> Descending(RecentList<Message>? messages)
    {
        for (var index = (messages?.Count ?? 0) - 1; index >= 0; index--)
        {
            yield return messages![index];
        }
    }

    private Conversation Open(string handset, string ownNumber)
    {
        if (_conversations.TryGetValue((handset, ownNumber), out var conversation))
        {
            return conversation;
        }

        conversation = new(handset, ownNumber);
        _conversations.Add((handset, ownNumber), conversation);
        if (!_byHandset.TryGetValue(handset, out var list))
        {
            _byHandset.Add(handset, list = []);
        }

        list.Add(conversation);
        return conversation;
    }

    private void Forget(Message oldest)
    {
        _bySid.Remove(oldest.Sid);
        var conversation = _conversations[(oldest.Handset, oldest.OwnNumber)];
        conversation.Messages.RemoveOldest();
        if (conversation.Messages.Count > 0)
        {
            return;
        }

        _conversations.Remove((oldest.Handset, oldest.OwnNumber));
        var list = _byHandset[oldest.Handset];
        list.Remove(conversation);
        if (list.Count == 0)
        {
            _byHandset.Remove(oldest.Handset);
        }
    }
}
