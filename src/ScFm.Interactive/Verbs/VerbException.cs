namespace ScFm.Interactive.Verbs;

/// <summary>A verb that could not be carried out; the message is one sentence for the user.</summary>
public sealed class VerbException(string message, Exception? cause = null) : Exception(message, cause);
