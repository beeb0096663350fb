// The accessible names of the controls that the tests use, in one place.
export const names = {
  connections: "Connections",
  messages: "Message table",
  refused: "Refused attempts",
  text: "Text to send",
  send: "Send",
  kick: "Kick...",
  kickCode: { name: "Close code", role: "text" },
  kickReason: "Close reason",
  kickNow: "Kick now",
  allow: "Allow",
  allowOnce: "Allow only until Jackfield closes",
  confirmAllow: "Confirm allow",
};
