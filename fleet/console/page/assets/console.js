// Renews the live part of the page when the server tells that something has changed.

const live = document.getElementById("live");
const lost = document.getElementById("lost");
let asked = false; // a change came while the last one was being fetched
let fetching = false;

async function renew() {
  if (fetching) {
    asked = true;
    return;
  }
  fetching = true;
  try {
    do {
      asked = false;
      const answer = await fetch(`/live${location.search}`);
      if (answer.ok) live.innerHTML = await answer.text();
      lost.hidden = answer.ok;
    } while (asked);
  } catch {
    lost.hidden = false;
  } finally {
    fetching = false;
  }
}

const events = new EventSource("/events");
events.onmessage = renew;
events.onerror = () => { lost.hidden = false; };
