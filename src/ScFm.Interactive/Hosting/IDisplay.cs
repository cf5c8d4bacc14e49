namespace ScFm.Interactive.Hosting;

/// <summary>Something that is on show and can be replaced in place.</summary>
public interface IDisplay
{
    /// <summary>Replaces what is shown.</summary>
    void Update(MimeBundle content);
}
